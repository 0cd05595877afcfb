import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signIn } from '../test/jar.ts'
import { startProcess } from '../test/process.ts'
import { figure, median, p99, ROUNDS, type Figure } from './figure.ts'
import { fire, type LoadResult, type Shot } from './load.ts'
import { sendFiles, withBenchService } from './serving.ts'

const REQUESTS = 1000
const AT_ONCE = 8
/** Rounds before those that count: a service runs for weeks, and its code is compiled as it runs. */
const WARM_UP = 2
const SOURCE = '6814039'
const DESTINATION = '6804020'
const FILES = 50

const PAGES = { 'page home': '/', 'page download, 50 files': '/download' }

/**
 * The home page and the list of 50 files to download, as somebody signed in asks for them, 8 at once: session, rights,
 * counts and list from PostgreSQL, and the view; beside a bare Node server that answers the same bytes.
 */
export async function benchPages(report: (figure: Figure) => void): Promise<void> {
  await withBenchService(async (service, folder) => {
    await sendFiles(service, SOURCE, DESTINATION, FILES)
    const { jar } = await signIn(service.url, await service.person(DESTINATION, 'school-user'))
    for (const [name, path] of Object.entries(PAGES)) {
      const { status, html } = await jar.get(service.url + path)
      if (status !== 200) throw new Error(`${path}: ${status} ${html.slice(0, 2000)}`)
      writeFileSync(join(folder, 'page.html'), html)
      const bare = await startProcess(['bench/bare-page.ts', join(folder, 'page.html')], {})
      const own: LoadResult[] = []
      const peer: LoadResult[] = []
      for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
        const ours = await fire(shots(`${service.url}${path}`, jar.cookie(path)), AT_ONCE)
        const theirs = await fire(shots(bare.url, ''), AT_ONCE)
        if (round >= WARM_UP) own.push(ours)
        if (round >= WARM_UP) peer.push(theirs)
      }
      await bare.end('SIGTERM')
      const rate = (results: LoadResult[]): number => median(results.map(({ perSecond }) => perSecond))
      const slowest = (results: LoadResult[]): number =>
        median(results.map(({ milliseconds }) => p99(milliseconds)))
      report(figure(name, 'pages/s', rate(own), 'bare Node server', rate(peer)))
      report(figure(`${name} p99`, 'ms', slowest(own), 'bare Node server', slowest(peer)))
    }
  })
}

function shots(url: string, cookie: string): Shot[] {
  const headers = { cookie, accept: 'text/html' }
  return Array.from({ length: REQUESTS }, () => ({ url, headers, body: null, expect: 200 }))
}
