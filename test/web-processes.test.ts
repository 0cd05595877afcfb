import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST } from './api.ts'
import { runCts, startService } from './process.ts'
import { copyTemplate, discard, SERVER } from './templates.ts'

const skip = SERVER ? false : 'no PostgreSQL: run it by `npm test`, or set CTS_TEST_DATABASE_URL'

/** Processes whose parent is `pid`. */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(pid)
      } catch {
        return false
      }
    })
    .map(Number)
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return
    await sleep(50)
  }
  assert.fail(`not within ten seconds: ${what}`)
}

describe('several web processes on one port', { skip }, () => {
  it('answer side by side, are replaced when they die, and end with the first process', async (t) => {
    const place = await copyTemplate('postgres', 'registered')
    const env = {
      PORT: '0',
      WEB_PROCESSES: '2',
      DATA_DIR: place.dataDir,
      DATABASE_URL: place.databaseUrl!,
      SECRET_KEY: 'a key for tests only: never one for service',
    }
    const service = await startService(env)
    t.after(async () => {
      await service.end('SIGKILL')
      await discard(place)
    })
    assert.equal(childrenOf(service.pid).length, 2)

    const client = JSON.parse(
      await runCts(
        ['client', 'create', '--name', 'MIS', '--organisation', CARDIFF_HIGH, '--role', 'school-user'],
        env,
      ),
    )
    const answer = await fetch(`${service.url}/secure-access/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', ...client }),
    })
    const { access_token: token } = (await answer.json()) as { access_token: string }
    const cardiff = apiOf(service, { token })
    const today = new Date().toISOString().slice(0, 10)
    const upload = async (serial: number): Promise<number> => {
      const file = ctf(CARDIFF_HIGH, JOHN_FROST, { serial, seed: serial, today })
      return (await cardiff.upload(file.name, file.bytes, { connection: 'close' })).status
    }
    assert.deepEqual(await Promise.all([1, 2, 3, 4, 5, 6].map(upload)), [201, 201, 201, 201, 201, 201])

    const [killed] = childrenOf(service.pid)
    process.kill(killed!, 'SIGKILL')
    await until('a new one in the place of the killed', () => {
      const children = childrenOf(service.pid)
      return children.length === 2 && !children.includes(killed!)
    })
    await until('uploads go on', async () => (await upload(7).catch(() => 0)) !== 0)

    const left = childrenOf(service.pid)
    assert.equal(await service.end('SIGTERM'), 0)
    await until('none is left behind', () => left.every((pid) => !readdirSync('/proc').includes(String(pid))))
  })

  it('end by themselves when the first process is killed outright', async (t) => {
    const place = await copyTemplate('postgres', 'registered')
    const service = await startService({
      PORT: '0',
      WEB_PROCESSES: '2',
      DATA_DIR: place.dataDir,
      DATABASE_URL: place.databaseUrl!,
      SECRET_KEY: 'a key for tests only: never one for service',
    })
    t.after(() => discard(place))
    const children = childrenOf(service.pid)
    assert.equal(children.length, 2)
    await service.end('SIGKILL')
    await until('none is left behind', () =>
      children.every((pid) => !readdirSync('/proc').includes(String(pid))),
    )
  })
})
