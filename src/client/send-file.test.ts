import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { copyFileSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { fault, openJourney, refusal, type Journey } from '../../test/journey.ts'
import { alterByte } from '../../test/proxy.ts'
import { forEachDatabase } from '../../test/world.ts'
import { nameToSend, sendFile, ServiceRefusal } from './index.ts'

const unseen = (): void => {}

forEachDatabase((name) => {
  let journey: Journey
  before(async () => {
    journey = await openJourney(name)
  })
  after(() => journey.close())

  test('a file is sent with its receipt, and sent again it gives the same receipt', async () => {
    const { path, name, bytes } = journey.file(3)
    const connection = journey.connect(journey.sender)
    const first = await sendFile(connection, path, unseen)
    assert.equal(first.again, false)
    assert.equal(first.file.name, name)
    assert.equal(first.file.status, 'awaiting')
    assert.equal(first.file.pupils, 3)
    assert.equal(first.file.receipt.sha256, hash('sha256', bytes))
    assert.equal(first.file.receipt.size, bytes.length)
    const second = await sendFile(connection, path, unseen)
    assert.deepEqual([second.again, second.file.id], [true, first.file.id])
  })
})

describe('sending', () => {
  let journey: Journey
  before(async () => {
    journey = await openJourney('embedded')
  })
  beforeEach(() => journey.proxy.reset())
  after(() => journey.close())

  const uploads = (): number => journey.proxy.seen.filter((one) => one === 'POST /api/v1/files').length

  test('tells how many bytes went out, up to all of them', async () => {
    const { path, bytes } = journey.file(40)
    assert.ok(bytes.length > 128 * 1024)
    const told: number[] = []
    await sendFile(journey.connect(journey.sender), path, (sent, total) => {
      assert.equal(total, bytes.length)
      told.push(sent)
    })
    assert.deepEqual([told[0], told.at(-1)], [0, bytes.length])
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    )
    assert.ok(told.length > 3)
  })

  test('takes out what a browser put into the name', async () => {
    const { path, name } = journey.file()
    const copied = path.replace('.XML', ' (1).xml')
    copyFileSync(path, copied)
    assert.deepEqual(nameToSend(copied), { name, browserCopy: true })
    const { file } = await sendFile(journey.connect(journey.sender), copied, unseen)
    assert.equal(file.name, name)
  })

  test('a refused file is answered with its findings, in the language asked for, and is not sent twice', async () => {
    const { path } = journey.file()
    writeFileSync(path, '<CTfile><Header>')
    const welsh = journey.connect(journey.sender, { language: 'cy' })
    await assert.rejects(sendFile(welsh, path, unseen), (error) => {
      assert.ok(error instanceof ServiceRefusal)
      assert.equal(error.problem.status, 422)
      assert.equal(error.problem.title, 'Ni dderbyniwyd y ffeil')
      assert.ok(error.problem.findings.length > 0)
      return true
    })
    assert.equal(uploads(), 1)
  })

  test('what is no name of a file is left to the service to explain', async () => {
    const path = join(journey.folder(), 'pupils.doc')
    writeFileSync(path, 'x')
    await assert.rejects(sendFile(journey.connect(journey.sender), path, unseen), refusal(422))
  })

  test('a file of another organisation is refused', async () => {
    const { path } = journey.file()
    await assert.rejects(sendFile(journey.connect(journey.receiver), path, unseen), refusal(403))
  })

  test('an empty file is refused, not lost', async () => {
    const { path } = journey.file()
    truncateSync(path)
    await assert.rejects(sendFile(journey.connect(journey.sender), path, unseen), refusal(422))
  })

  test('a file or folder that cannot be opened is said to be so', async () => {
    const connection = journey.connect(journey.sender)
    const folder = journey.folder()
    await assert.rejects(sendFile(connection, join(folder, 'none.XML'), unseen), fault('cannot-open'))
    mkdirSync(join(folder, 'folder.XML'))
    await assert.rejects(sendFile(connection, join(folder, 'folder.XML'), unseen), fault('cannot-open'))
    assert.equal(uploads(), 0)
  })

  test('a file that becomes shorter while it is read is not sent', async () => {
    const { path } = journey.file(40)
    const shorten = (sent: number): void => {
      if (sent > 0) truncateSync(path, 70_000)
    }
    await assert.rejects(
      sendFile(journey.connect(journey.sender), path, shorten),
      fault('changed-while-sent'),
    )
  })

  test('a receipt for other bytes is an error', async () => {
    const { path } = journey.file()
    journey.proxy.meddle = (request) => (request === 'POST /api/v1/files' ? { sent: alterByte } : 'pass')
    await assert.rejects(sendFile(journey.connect(journey.sender), path, unseen), fault('receipt-differs'))
  })

  test('a lost answer is asked for again, and nothing is there twice', async () => {
    const { path } = journey.file()
    journey.proxy.meddle = (request) =>
      request === 'POST /api/v1/files' && uploads() === 1 ? 'lose' : 'pass'
    const { again } = await sendFile(journey.connect(journey.sender), path, unseen)
    assert.equal(again, true)
    assert.equal(uploads(), 2)
  })
})
