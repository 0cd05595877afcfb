import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { fault, openJourney, type Journey } from '../../test/journey.ts'
import { alterByte, type Meddling } from '../../test/proxy.ts'
import { forEachDatabase } from '../../test/world.ts'
import { fileAnswer, listAnswer } from './answers.ts'
import type { ConnectionOptions } from './connection.ts'
import { collectInbox, sendFile, takeFolder, type Collected } from './index.ts'

/** Collects into `to` once; what became of each file, by its outcome or the code of its fault. */
async function collect(
  journey: Journey,
  to: string,
  { confirm = true, ...options }: Partial<ConnectionOptions> & { confirm?: boolean } = {},
): Promise<Record<string, string>> {
  const folder = await takeFolder(to)
  const connection = journey.connect(journey.receiver, options)
  const all: Collected[] = []
  try {
    const collecting = { connection, folder, confirm, progress: () => {} }
    for await (const one of collectInbox(collecting, new Set(), new AbortController().signal)) all.push(one)
  } finally {
    folder.release()
  }
  return Object.fromEntries(
    all.map((one) => [one.file.name, 'error' in one ? one.error.message : one.outcome]),
  )
}

interface Sent {
  id: string
  name: string
  bytes: Uint8Array
}

async function send(journey: Journey): Promise<Sent> {
  const { path, name, bytes } = journey.file()
  journey.server.clock.advance(1000)
  const { file } = await sendFile(journey.connect(journey.sender), path, () => {})
  return { id: file.id, name, bytes }
}

/** The status of a file at the service. */
async function statusOf(journey: Journey, { id }: Sent): Promise<string> {
  const file = await journey.connect(journey.sender).call({
    path: `api/v1/files/${id}`,
    read: (answer) => answer.json(fileAnswer),
  })
  return file.status
}

/** What stands in a folder, without the lock. */
const names = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name !== '.cts-receive.lock')
    .toSorted()

forEachDatabase((name) => {
  let journey: Journey
  before(async () => {
    journey = await openJourney(name)
  })
  after(() => journey.close())

  test('what awaits is collected byte for byte, for its owner only, and confirmed', async () => {
    const sent = [await send(journey), await send(journey), await send(journey)]
    const to = journey.folder()
    const collected = await collect(journey, to)
    assert.deepEqual(
      Object.entries(collected),
      sent.map(({ name }) => [name, 'received']),
    )
    for (const file of sent) {
      assert.deepEqual(readFileSync(join(to, file.name)), Buffer.from(file.bytes))
      assert.equal(statSync(join(to, file.name)).mode & 0o777, 0o600)
      assert.equal(await statusOf(journey, file), 'downloaded')
    }
    assert.deepEqual(names(to), sent.map(({ name }) => name).toSorted())
    assert.deepEqual(await collect(journey, to), {})
  })
})

describe('collecting', () => {
  let journey: Journey
  let to: string
  before(async () => {
    journey = await openJourney('embedded')
  })
  beforeEach(() => {
    journey.proxy.reset()
    to = journey.folder()
  })
  after(() => journey.close())

  /** Meddles with the calls whose path ends so. */
  function at(ending: 'content' | 'confirm', how: () => Meddling | Promise<Meddling>): void {
    journey.proxy.meddle = (request) => (request.endsWith(`/${ending}`) ? how() : 'pass')
  }
  const count = (ending: string): number =>
    journey.proxy.seen.filter((request) => request.endsWith(`/${ending}`)).length

  test('a file that arrives altered is neither kept nor confirmed, and comes whole the next time', async () => {
    const sent = await send(journey)
    at('content', () => ({ answer: alterByte }))
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'digest-differs' })
    at('content', () => ({ answer: (body) => Buffer.concat([body, body]) }))
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'digest-differs' })
    assert.deepEqual([names(to), count('confirm')], [[], 0])
    assert.equal(await statusOf(journey, sent), 'awaiting')
    journey.proxy.reset()
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'received' })
  })

  test('one that is cut off in the middle leaves nothing behind', async () => {
    const sent = await send(journey)
    at('content', () => 'cut')
    await assert.rejects(collect(journey, to, { impatient: true }), fault('unreachable'))
    assert.deepEqual(names(to), [])
    at('content', () => (count('content') <= 2 ? 'cut' : 'pass'))
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'received' })
    assert.deepEqual(readFileSync(join(to, sent.name)), Buffer.from(sent.bytes))
  })

  test('what has the name already is left alone, and so is the file at the service', async () => {
    const sent = await send(journey)
    writeFileSync(join(to, sent.name), 'mine')
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'other-file-there' })
    assert.equal(readFileSync(join(to, sent.name), 'utf8'), 'mine')
    assert.deepEqual([names(to), count('content')], [[sent.name], 0])
    assert.equal(await statusOf(journey, sent), 'awaiting')
    renameSync(join(to, sent.name), join(to, 'mine'))
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'received' })
  })

  test('what came in the way while it was fetched is left alone too', async () => {
    const sent = await send(journey)
    at('content', () => {
      writeFileSync(join(to, sent.name), 'mine')
      return 'pass'
    })
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'other-file-there' })
    assert.equal(readFileSync(join(to, sent.name), 'utf8'), 'mine')
    assert.deepEqual([names(to), count('confirm')], [[sent.name], 0])
    rmSync(join(to, sent.name))
    journey.proxy.reset()
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'received' })
  })

  test('the same file under its name is confirmed as it is', async () => {
    const sent = await send(journey)
    writeFileSync(join(to, sent.name), sent.bytes)
    const { ino } = statSync(join(to, sent.name))
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'received' })
    assert.equal(statSync(join(to, sent.name)).ino, ino)
    assert.deepEqual(names(to), [sent.name])
    assert.equal(await statusOf(journey, sent), 'downloaded')
  })

  test('a file that was saved but not confirmed is confirmed the next time, not saved twice', async () => {
    const sent = await send(journey)
    at('confirm', () => 'drop')
    await assert.rejects(collect(journey, to, { impatient: true }), fault('unreachable'))
    assert.equal(await statusOf(journey, sent), 'awaiting')
    // an importer takes the file as soon as it sees it
    rmSync(join(to, sent.name))
    journey.proxy.reset()
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'received' })
    assert.deepEqual([names(to), count('content')], [[], 0])
    assert.equal(await statusOf(journey, sent), 'downloaded')
  })

  test('what a run that was killed left half done is done anew', async () => {
    const sent = await send(journey)
    writeFileSync(join(to, `.cts-${sent.id}.part`), 'half')
    writeFileSync(join(to, `.cts-${sent.id}.placed`), '')
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'received' })
    assert.deepEqual(readFileSync(join(to, sent.name)), Buffer.from(sent.bytes))
    assert.deepEqual(names(to), [sent.name])
  })

  test('a confirmation whose answer was lost counts as one', async () => {
    const sent = await send(journey)
    at('confirm', () => (count('confirm') === 1 ? 'lose' : 'pass'))
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'confirmed-before' })
    assert.deepEqual(names(to), [sent.name])
  })

  test('a file that another collector confirmed first is no error', async () => {
    const sent = await send(journey)
    at('confirm', async (): Promise<Meddling> => {
      if (count('confirm') === 1) await collect(journey, journey.folder())
      return 'pass'
    })
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'confirmed-before' })
  })

  test('a file that was rejected meanwhile is said to be so', async () => {
    const sent = await send(journey)
    at('confirm', async (): Promise<Meddling> => {
      const { token } = journey.receiver
      const answer = await fetch(`${journey.server.url}/api/v1/files/${sent.id}/reject`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ reason: 'Not our pupil' }),
      })
      assert.equal(answer.status, 200)
      return 'pass'
    })
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'taken-back' })
  })

  test('a name that could lead out of the folder is refused', async () => {
    const sent = await send(journey)
    for (const name of ['../evil.XML', '/tmp/evil.XML', '6814039_CTF_6804020_001.xml', '.cts-receive.lock']) {
      journey.proxy.meddle = (request) =>
        request === 'GET /api/v1/files'
          ? { answer: (body) => Buffer.from(body.toString().replace(sent.name, name)) }
          : 'pass'
      assert.deepEqual(await collect(journey, to), { [name]: 'name-not-allowed' })
    }
    assert.deepEqual(names(to), [])
    journey.proxy.reset()
    await collect(journey, to)
  })

  test('without confirming, a file is saved once and stays awaiting', async () => {
    const sent = await send(journey)
    assert.deepEqual(await collect(journey, to, { confirm: false }), { [sent.name]: 'unconfirmed' })
    assert.deepEqual(await collect(journey, to, { confirm: false }), { [sent.name]: 'here' })
    assert.equal(await statusOf(journey, sent), 'awaiting')
    assert.deepEqual(await collect(journey, to), { [sent.name]: 'received' })
    assert.equal(count('content'), 1)
  })

  test('every page of the inbox is collected, oldest first', async () => {
    const first = await send(journey)
    const second = await send(journey)
    const last = await send(journey)
    const pages = [last, second, first].map(({ name }) => name)
    // pages as the service gives them, but of one file each
    let all: { name: string }[] | null = null
    let asked = 0
    function answer(body: Buffer): Buffer {
      all ??= listAnswer.parse(JSON.parse(body.toString())).items
      const items = all.filter(({ name }) => name === pages[asked])
      asked += 1
      return Buffer.from(JSON.stringify({ items, next: asked < pages.length ? 'MTIzIGFiYw' : null }))
    }
    journey.proxy.meddle = (request) => (request === 'GET /api/v1/files' ? { answer } : 'pass')
    assert.deepEqual(Object.keys(await collect(journey, to)), pages.toReversed())
  })

  test('a folder is received into by one at a time', async () => {
    const folder = await takeFolder(to)
    await assert.rejects(takeFolder(to), fault('folder-in-use'))
    folder.release()
    const again = await takeFolder(to)
    again.release()
  })

  test('a folder that is none is refused', async () => {
    writeFileSync(join(to, 'file'), '')
    await assert.rejects(takeFolder(join(to, 'none')), fault('folder'))
    await assert.rejects(takeFolder(join(to, 'file')), fault('folder'))
    assert.equal(existsSync(join(to, 'none')), false)
  })
})
