import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { run, start, type Running } from '../../test/command.ts'
import { openJourney, type Journey } from '../../test/journey.ts'
import type { Meddling } from '../../test/proxy.ts'

describe('cts receive --watch', () => {
  let journey: Journey
  let server: string[]
  before(async () => {
    journey = await openJourney('embedded')
    server = ['--server', journey.proxy.url]
  })
  beforeEach(() => journey.proxy.reset())
  after(() => journey.close())

  const watching: ChildProcess[] = []
  after(() => watching.forEach((child) => child.kill('SIGKILL')))

  function watch(to: string): Running {
    const running = start(journey.receiver, ['receive', '--to', to, '--watch', '--every', '1', ...server])
    watching.push(running.child)
    return running
  }

  test('collects what comes until SIGTERM, alone in its folder, through an outage said once', async () => {
    const to = journey.folder()
    const watcher = watch(to)
    await watcher.says(/Looking for files every second/)
    const first = journey.file()
    await run(journey.sender, 'send', first.path, ...server)
    await watcher.says(new RegExp(`${first.name}: received`))

    const second = await run(journey.receiver, 'receive', '--to', to, ...server)
    assert.equal(second.code, 1)
    assert.match(second.err, new RegExp(`Process ${watcher.child.pid} is receiving into `))

    journey.proxy.meddle = () => 'drop'
    await watcher.says(/cannot be reached/)
    await wait(3000)
    journey.proxy.reset()
    await watcher.says(/The service answers again/)
    const last = journey.file()
    await run(journey.sender, 'send', last.path, ...server)
    await watcher.says(new RegExp(`${last.name}: received`))

    watcher.child.kill('SIGTERM')
    const { code, out, err } = await watcher.ended
    assert.equal(code, 0, err)
    assert.match(out, /2 files were received\.\n$/)
    assert.equal(err.split('cannot be reached').length, 2)
    assert.deepEqual(readFileSync(join(to, last.name)), Buffer.from(last.bytes))
  })

  test('finishes the file under way when it is stopped', async () => {
    const { path, name, bytes } = journey.file(20)
    await run(journey.sender, 'send', path, ...server)
    const to = journey.folder()
    const watcher = watch(to)
    journey.proxy.meddle = async (request): Promise<Meddling> => {
      if (request.endsWith('/content')) {
        watcher.child.kill('SIGTERM')
        await wait(500)
      }
      return 'pass'
    }
    const { code, out } = await watcher.ended
    assert.equal(code, 0)
    assert.match(out, new RegExp(`${name}: received from 6814039 and confirmed`))
    assert.deepEqual(readFileSync(join(to, name)), Buffer.from(bytes))
  })

  test('killed in a download, it leaves the file awaiting and the next run collects it', async () => {
    const { path, name, bytes } = journey.file()
    await run(journey.sender, 'send', path, ...server)
    const to = journey.folder()
    const watcher = watch(to)
    journey.proxy.meddle = (request) => {
      if (request.endsWith('/content')) watcher.child.kill('SIGKILL')
      return 'pass'
    }
    await watcher.ended
    assert.equal(existsSync(join(to, name)), false)
    journey.proxy.reset()
    const { code } = await run(journey.receiver, 'receive', '--to', to, ...server)
    assert.equal(code, 0)
    assert.deepEqual(readFileSync(join(to, name)), Buffer.from(bytes))
    assert.deepEqual(
      readdirSync(to).filter((entry) => entry.endsWith('.part') || entry.endsWith('.placed')),
      [],
    )
  })

  test('says a file that it cannot collect once, and tells by its exit status', async () => {
    const { path, name } = journey.file()
    await run(journey.sender, 'send', path, ...server)
    const to = journey.folder()
    writeFileSync(join(to, name), 'mine')
    const watcher = watch(to)
    await watcher.says(/is there already with other content/)
    await wait(2500)
    watcher.child.kill('SIGINT')
    const { code, out } = await watcher.ended
    assert.equal(code, 1)
    assert.equal(out.split('is there already').length, 2)
    assert.match(out, /1 file was not collected and still awaits you\.\n$/)
  })
})
