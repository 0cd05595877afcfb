import assert from 'node:assert/strict'
import { test } from 'node:test'
import { message, messageReader, query, startup } from './wire.ts'

const ssl = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])
const stream = Buffer.concat([
  ssl,
  startup('postgres', 'postgres'),
  query('select 1'),
  message('S'),
  message('X'),
])
const types = ['ssl', 'startup', 'Q', 'S', 'X']

test('a stream gives the same messages however it is cut', () => {
  for (const size of [1, 2, 3, 7, 40, stream.length]) {
    const read = messageReader()
    const found = []
    for (let at = 0; at < stream.length; at += size) found.push(...read(stream.subarray(at, at + size)))
    assert.deepEqual(
      found.map(({ type }) => type),
      types,
      `in pieces of ${size}`,
    )
    assert.deepEqual(Buffer.concat(found.map(({ bytes }) => bytes)), stream)
  }
})

const opening = startup('postgres', 'postgres')
const strangers: [string, Buffer][] = [
  ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['an old protocol', Buffer.from([0, 0, 0, 8, 0, 2, 0, 0])],
  ['a letter that the engine does not know', Buffer.concat([opening, message('!', 'abc')])],
  ['a length below its own header', Buffer.concat([opening, Buffer.from([81, 0, 0, 0, 3])])],
  ['a length of 4 GiB', Buffer.concat([opening, Buffer.from([81, 255, 255, 255, 255])])],
]
for (const [name, bytes] of strangers) {
  test(`${name} is refused`, () => {
    assert.throws(() => messageReader()(bytes), /not the PostgreSQL protocol/)
  })
}
