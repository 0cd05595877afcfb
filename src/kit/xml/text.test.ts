import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { readXml, textAt } from './index.ts'

test('a text that is kept keeps nothing of the document in memory', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const heap = (): number => {
    collect()
    return process.memoryUsage().heapUsed
  }
  const values = Array.from({ length: 40 }, (_, length) => {
    const text = 'x'.repeat(length)
    return Buffer.from(`<a>${text}ŵ</a><a>${text}</a>`)
  })
  // each of the pieces that are read at a time has one of them, and blanks
  const rest = Buffer.alloc(70_000, ' ')
  const document = Buffer.concat([
    Buffer.from('<d>'),
    ...values.flatMap((value) => [value, rest]),
    Buffer.from('</d>'),
  ])
  const kept: string[] = []
  const before = heap()
  readXml(document, {
    open() {},
    attribute() {},
    text(scan, from, to, kind) {
      if (to - from < 100) kept.push(textAt(scan, from, to, kind))
    },
    close() {},
    forget() {},
  })
  const more = heap() - before
  assert.ok(kept.length >= 79 && more < 500_000, `${kept.length} texts, ${more} bytes`)
})
