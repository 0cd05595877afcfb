import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, it } from 'node:test'
import { unzip } from '../../test/unzip.ts'
import { zipStream, type ZipEntry } from './zip.ts'

const AT = new Date('2026-09-02T09:05:00Z')

async function* entriesOf(...entries: ZipEntry[]): AsyncGenerator<ZipEntry> {
  for (const entry of entries) yield await Promise.resolve(entry)
}

describe('a zip', () => {
  it('holds every entry byte for byte, under its name and with its time, folders and Welsh letters included', async () => {
    const entries = [
      { name: '6814039_CTF_6804020_001.XML', at: AT, bytes: randomBytes(300_000) },
      { name: '2026-09-02/6814039_CTF_6804020_001.XML', at: AT, bytes: Buffer.from('<x/>') },
      { name: 'Ffeiliau a adawyd allan: tŷ.txt', at: AT, bytes: Buffer.alloc(0) },
    ]
    const found = await unzip(await buffer(zipStream(entriesOf(...entries))))
    assert.deepEqual(
      found.map(({ name, at, bytes }) => ({ name, at, bytes })),
      entries,
    )
  })

  it('asks for an entry only once the one before went out', async () => {
    const asked: number[] = []
    async function* entries(): AsyncGenerator<ZipEntry> {
      for (let n = 1; n <= 3; n += 1) {
        asked.push(n)
        yield await Promise.resolve({ name: `${n}`, at: AT, bytes: randomBytes(4_000_000) })
      }
    }
    const stream = zipStream(entries())
    await wait(200)
    assert.deepEqual(asked, [1], 'nobody reads: nothing but the first')
    assert.equal((await unzip(await buffer(stream))).length, 3)
    assert.deepEqual(asked, [1, 2, 3])
  })

  it('ends with the error of its entries, and is no zip', async () => {
    async function* entries(): AsyncGenerator<ZipEntry> {
      yield await Promise.resolve({ name: '1', at: AT, bytes: randomBytes(1000) })
      throw new Error('the strongroom is away')
    }
    await assert.rejects(buffer(zipStream(entries())), /the strongroom is away/)
  })

  it('whose reader has gone asks for no more', async () => {
    const asked: number[] = []
    const over = Promise.withResolvers<void>()
    async function* entries(): AsyncGenerator<ZipEntry> {
      try {
        for (let n = 1; n <= 9; n += 1) {
          asked.push(n)
          yield await Promise.resolve({ name: `${n}`, at: AT, bytes: randomBytes(4_000_000) })
        }
      } finally {
        over.resolve()
      }
    }
    const stream = zipStream(entries())
    await once(stream, 'readable')
    stream.read()
    stream.destroy()
    await over.promise
    assert.ok(asked.length <= 2, `asked for ${asked.length}`)
  })
})
