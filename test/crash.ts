import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient, newClientId } from '../src/accounts/index.ts'
import { setOrganisation } from '../src/establishments/index.ts'
import { openDatabase, sql } from '../src/kit/database.ts'
import { masterKeys } from '../src/kit/secrets.ts'
import { openStrongroom } from '../src/kit/strongroom.ts'
import { openWorld } from '../src/world.ts'
import { apiOf } from './api.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'
import { runCts, startService, type ServerProcess } from './process.ts'
import { testConfig, type DatabaseName, type Place } from './templates.ts'
import { openUploads, SENDERS, type Acknowledged, type Uploads } from './uploads.ts'

const SECRET_KEY = 'a key for crash tests only: never for service'

/** Where every invented address ends: mail about a file goes to its sender and its receiver. */
const ADDRESSED = [...SENDERS, '6804020', '6804025', '6804026', '6804021']
const addressOf = (code: string): string => `office@school-${code}.example.org`

/** An installation of the service on a durable database of its own, that can be killed and started again. */
export interface Installation {
  place: Place
  postgres: TestPostgres | null
  uploads: Uploads
  start(): Promise<ServerProcess>
  cts(...args: string[]): Promise<string>
}

/** Sets one up: schools with addresses, clients with tokens. What it starts ends with the test. */
export async function install(name: DatabaseName, t: TestContext): Promise<Installation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cts-crash-'))
  const postgres = name === 'postgres' ? await startPostgres({ durable: true }) : null
  const databaseUrl = postgres ? await postgres.createDatabase('crash') : null
  const place = { dataDir, databaseUrl }
  const running = new Set<ServerProcess>()
  t.after(async () => {
    await Promise.all([...running].map((service) => service.end('SIGKILL')))
    await postgres?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const env = {
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl ?? '',
    DEMO: '0',
    SECRET_KEY,
    API_CALLS_A_MINUTE: '1000000',
  }
  const start = async (): Promise<ServerProcess> => {
    const service = await startService(env)
    running.add(service)
    return service
  }
  const clients = await prepare(place)
  const service = await start()
  const tokens = await Promise.all(clients.map((client) => askToken(service.url, client)))
  await service.end('SIGKILL')
  return { place, postgres, uploads: openUploads(tokens), start, cts: (...args) => runCts(args, env) }
}

interface Client {
  client_id: string
  client_secret: string
}

async function prepare(place: Place): Promise<Client[]> {
  const world = await openWorld(testConfig(place, { SECRET_KEY }))
  try {
    for (const code of ADDRESSED) await setOrganisation(world, code, { email: addressOf(code) })
    return await world.db.transaction().execute(async (tx) => {
      const clients = []
      for (const organisation of SENDERS) {
        const id = newClientId()
        const asked = { id, name: 'School system', organisation, role: 'school-user' }
        const { secret } = await createClient(tx, asked, new Date())
        clients.push({ client_id: id, client_secret: secret })
      }
      return clients
    })
  } finally {
    await world.close()
  }
}

async function askToken(url: string, client: Client): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...client })
  const answer = await fetch(`${url}/secure-access/token`, { method: 'POST', body })
  const { access_token: token } = (await answer.json()) as { access_token: string }
  return token
}

/**
 * Kills the service outright under upload, `kills` times, and looks each time after all that it had acknowledged and
 * for anything half.
 */
export async function killRepeatedly(name: DatabaseName, kills: number, t: TestContext): Promise<void> {
  const installation = await install(name, t)
  const { uploads } = installation
  let service = await installation.start()
  let unanswered = 0
  for (let kill = 1; kill <= kills; kill += 1) {
    const running = uploads.run(service.url)
    await uploads.untilMore(8 + (kill % 5))
    // at another point of an upload each time
    await sleep((kill * 7) % 30)
    await service.end('SIGKILL')
    await running
    unanswered += uploads.unanswered.length
    service = await installation.start()
    const { there, absent } = await uploads.repeat(service.url)
    await assertNothingLost(service.url, uploads.acknowledged)
    await assertNothingHalf(installation.place, uploads.acknowledged)
    t.diagnostic(
      `kill ${kill}: ${uploads.acknowledged.length} acknowledged; unanswered: ${there} there, ${absent} not`,
    )
  }
  assert.ok(unanswered >= kills, `${unanswered} uploads were under way at ${kills} kills`)
  await assertWell(installation, service)
  assert.equal(await service.end('SIGTERM'), 0, service.said())
}

/** The audit is intact and every part of the service works. */
export async function assertWell({ cts }: Installation, service: ServerProcess): Promise<void> {
  const ready = await apiOf(service).call('GET', '/health/ready')
  assert.equal(ready.status, 200, ready.bytes.toString())
  assert.equal(ready.json.status, 'ok')
  const verdict = JSON.parse(await cts('audit', 'verify', '--json')) as { intact: boolean; rows: number }
  assert.ok(verdict.intact && verdict.rows > 0, JSON.stringify(verdict))
}

/** Every acknowledged file is there for its sender, byte for byte. */
export async function assertNothingLost(url: string, acknowledged: readonly Acknowledged[]): Promise<void> {
  for (let at = 0; at < acknowledged.length; at += 16) {
    await Promise.all(
      acknowledged.slice(at, at + 16).map(async (file) => {
        const content = await apiOf({ url }, file).call('GET', `/api/v1/files/${file.id}/content`)
        assert.equal(content.status, 200, `${file.name} was acknowledged: ${content.bytes.toString()}`)
        assert.equal(content.headers.get('x-sha256'), file.sha256)
        assert.ok(content.bytes.equals(file.bytes), `${file.name}: other bytes than sent`)
      }),
    )
  }
}

interface Kept {
  id: string
  body: string
  sha256: string
  size: number
  source: string
  destination: string
  counted: number
  pupils: number
  uploaded: number
  audited: number
  mails: string[]
}

/**
 * Every file is whole: its body decrypts, pupils, event, mail and audit row are there; no body, pupil, event or
 * mail stands without its file; every acknowledged file is among them.
 */
export async function assertNothingHalf(place: Place, acknowledged: readonly Acknowledged[]): Promise<void> {
  const database = await openDatabase(place)
  try {
    const { rows } = await sql<Kept>`
      select id, body, sha256, size, source, destination, pupils as counted,
        (select count(*)::int from transfers.pupil where file = f.id) as pupils,
        (select count(*)::int from transfers.event where file = f.id and event = 'uploaded') as uploaded,
        (select count(*)::int from kit.audit
          where subject = f.id and action = 'transfers.upload' and outcome = 'done') as audited,
        (select array_agg(template || ' ' || to_address order by template) from kit.mail where about = f.id) as mails
      from transfers.file f`.execute(database.db)
    const strongroom = openStrongroom(masterKeys([SECRET_KEY]))
    for (const file of rows) {
      assert.equal(file.pupils, file.counted, `${file.id}: pupils`)
      assert.equal(file.uploaded, 1, `${file.id}: uploaded events`)
      assert.ok(file.audited >= 1, `${file.id}: no audit row`)
      const mails = [`awaiting ${addressOf(file.destination)}`, `sent ${addressOf(file.source)}`]
      assert.deepEqual(file.mails, mails, `${file.id}: mail`)
      assert.equal((await strongroom.read(database.db, file.body)).length, file.size)
    }
    const kept = new Map(rows.map((row) => [row.id, row]))
    for (const { id, name, sha256 } of acknowledged) assert.equal(kept.get(id)?.sha256, sha256, name)
    const { rows: stray } = await sql`
      select id as stray from kit.body where id not in (select body from transfers.file)
      union all select about from kit.mail where about not in (select id from transfers.file)
      union all select subject from kit.audit where action = 'transfers.upload' and outcome = 'done'
        and subject not in (select id from transfers.file)`.execute(database.db)
    assert.deepEqual(stray, [])
    await assertMailOnce(place, database.db)
  } finally {
    await database.close()
  }
}

/** Each mail waits in the outbox or was written, once. */
async function assertMailOnce(
  { dataDir }: Place,
  db: Awaited<ReturnType<typeof openDatabase>>['db'],
): Promise<void> {
  const mails = async (): Promise<Map<string, string>> => {
    const { rows } = await sql<{ id: string; state: string }>`select id, state from kit.mail`.execute(db)
    return new Map(rows.map(({ id, state }) => [id, state]))
  }
  const before = await mails()
  const folder = join(dataDir, 'mail')
  const written = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith('.eml'))
    .map((file) => /Z-(.+)\.eml$/.exec(file)?.[1] ?? file)
  assert.equal(new Set(written).size, written.length, 'a mail was written twice')
  const after = await mails()
  assert.deepEqual(
    written.filter((id) => !after.has(id)),
    [],
    'mail of nothing',
  )
  for (const [id, state] of before) {
    assert.ok(state === 'queued' || state === 'sent', `mail ${id} is ${state}`)
    if (state === 'sent') assert.ok(written.includes(id), `mail ${id} is sent and was not written`)
  }
}
