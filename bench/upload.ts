import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleCtf } from '../src/ctf/index.ts'
import { startPostgres } from '../test/postgres.ts'
import { startProcess, type ServerProcess } from '../test/process.ts'
import { figure, median, p99, ROUNDS, type Figure } from './figure.ts'
import { fire, type LoadResult, type Shot } from './load.ts'
import { startBenchService, today } from './serving.ts'
import { openSftp } from './sftp.ts'

const FILES = 1000
const AT_ONCE = 16
const SOURCE = '6814039'
const DESTINATIONS = [
  '6804020',
  '6804025',
  '6804026',
  '6804021',
  '6804003',
  '6804030',
  '6804060',
  '6814049',
  '6814041',
  '6814042',
]
/** Rounds before those that count: a service runs for weeks, and its code is compiled as it runs. */
const WARM_UP = 3
/** Pupils that make a file of about 50 KB. */
const PUPILS = 4

/**
 * 1,000 files of about 50 KB to ten destinations, 16 at once: the service by its API with token, rights, checks,
 * encryption, durable rows, audit and receipt (no organisation has an address here, so no mail is sent),
 * beside a bare Node server on the same PostgreSQL, and beside OpenSSH's sftp where that is installed.
 */
export async function benchUpload(report: (figure: Figure) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cts-bench-'))
  const postgres = await startPostgres({ durable: true })
  const stops: (() => Promise<void> | void)[] = [
    () => postgres.stop(),
    () => rmSync(folder, { recursive: true, force: true }),
  ]
  try {
    await postgres.createDatabase('service')
    await postgres.createDatabase('bare')
    const service = await startBenchService(postgres.url('service'), folder)
    stops.unshift(service.stop)
    const headers = { ...(await service.client(SOURCE, 'school-user')), 'content-type': 'application/xml' }
    const shots = (round: number): Shot[] => roundShots(service.url, headers, round)
    const bare = await startProcess(['bench/bare-server.ts', postgres.url('bare'), folder], {})
    stops.unshift(() => endOf(bare))
    const sftp = await openSftp(
      folder,
      DESTINATIONS.map((to) => sample(to, 1).bytes),
    )
    if (sftp) stops.unshift(sftp.stop)

    const own: LoadResult[] = []
    const peer: LoadResult[] = []
    const sftpRates: number[] = []
    for (let round = 0; round < WARM_UP; round += 1) {
      await fire(shots(round), AT_ONCE)
      await fire(bareShots(bare.url), AT_ONCE)
    }
    for (let round = WARM_UP; round < WARM_UP + ROUNDS; round += 1) {
      own.push(await fire(shots(round), AT_ONCE))
      peer.push(await fire(bareShots(bare.url), AT_ONCE))
      if (sftp) sftpRates.push(await sftp.upload(FILES, AT_ONCE))
    }
    const rate = (results: LoadResult[]): number => median(results.map((result) => result.perSecond))
    const slowest = (results: LoadResult[]): number =>
      median(results.map((result) => p99(result.milliseconds)))
    report(figure('upload', 'files/s', rate(own), 'bare Node server', rate(peer)))
    report(figure('upload p99', 'ms', slowest(own), 'bare Node server', slowest(peer)))
    report(figure('upload', 'files/s', rate(own), 'OpenSSH sftp', sftp && median(sftpRates)))
  } finally {
    for (const stop of stops) await stop()
  }
}

async function endOf(server: ServerProcess): Promise<void> {
  await server.end('SIGTERM')
}

const samples = new Map<string, { name: string; bytes: Uint8Array }>()

function sample(destination: string, serial: number): { name: string; bytes: Uint8Array } {
  const made =
    samples.get(destination) ??
    sampleCtf({ pupils: PUPILS, seed: Number(destination), source: SOURCE, destination, today: today() })
  samples.set(destination, made)
  return { name: made.name.replace('_001.', `_${String(serial).padStart(3, '0')}.`), bytes: made.bytes }
}

/** The files of a round, with fresh names. */
function roundShots(url: string, headers: Record<string, string>, round: number): Shot[] {
  const perDestination = FILES / DESTINATIONS.length
  return Array.from({ length: FILES }, (_, at) => {
    const serial = round * perDestination + Math.floor(at / DESTINATIONS.length) + 1
    const { name, bytes } = sample(DESTINATIONS[at % DESTINATIONS.length]!, serial)
    return { url: `${url}/api/v1/files?name=${name}`, headers, body: bytes, expect: 201 }
  })
}

function bareShots(url: string): Shot[] {
  return Array.from({ length: FILES }, (_, at) => ({
    url,
    headers: {},
    body: sample(DESTINATIONS[at % DESTINATIONS.length]!, 1).bytes,
    expect: 201,
  }))
}
