import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processorTime } from '../../test/processor-time.ts'
import { chance, type Chance } from './prng.ts'
import { readCtf } from './read.ts'
import { sampleCtf } from './sample.ts'

const MILLISECONDS = process.env['CTS_LONG'] === '1' ? 60_000 : 2000
const sample = Buffer.from(
  sampleCtf({ pupils: 4, seed: 1, source: '6814039', destination: '6804020', today: '2026-11-22' }).bytes,
)
const tokens = sample.toString('latin1').match(/<[^>]*>|[^<]+/g)!
const splinters = [
  '<!DOCTYPE a>',
  '&x;',
  '&#0;',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?xml',
  '?>',
  '\0',
  '</',
  '/>',
  '="',
  '\ufeff',
  '\xff\xfe',
  '<a b=c>',
  'x'.repeat(300_000),
]

const spoilings: ((luck: Chance) => Buffer)[] = [
  function flipBytes(luck) {
    const spoilt = Buffer.from(sample)
    for (let flips = 1 + luck.number(20); flips > 0; flips--)
      spoilt[luck.number(spoilt.length)]! ^= 1 << luck.number(8)
    return spoilt
  },
  (luck) => sample.subarray(0, luck.number(sample.length)),
  (luck) => sample.subarray(luck.number(sample.length)),
  function swapTokens(luck) {
    const swapped = [...tokens]
    for (let swaps = 1 + luck.number(10); swaps > 0; swaps--) {
      const [one, other] = [luck.number(swapped.length), luck.number(swapped.length)]
      ;[swapped[one], swapped[other]] = [swapped[other]!, swapped[one]!]
    }
    return Buffer.from(swapped.join(''), 'latin1')
  },
  function repeatToken(luck) {
    const at = luck.number(tokens.length)
    return Buffer.from(
      [...tokens.slice(0, at), tokens[at]!.repeat(luck.number(200)), ...tokens.slice(at)].join(''),
      'latin1',
    )
  },
  function putIn(luck) {
    const at = luck.number(sample.length)
    const put = Buffer.from(luck.pick(splinters), luck.pick(['utf8', 'latin1', 'utf16le']))
    return Buffer.concat([sample.subarray(0, at), put, sample.subarray(at)])
  },
]

test('no spoilt file makes the reader throw or dwell, and each answer holds together', () => {
  const luck = chance(Number(process.env['CTS_SEED'] ?? 1))
  const until = performance.now() + MILLISECONDS
  let refused = 0
  for (let round = 0; performance.now() < until; round++) {
    const document = spoilings[round % spoilings.length]!(luck)
    const started = processorTime()
    const reading = readCtf(document, { today: '2026-11-22' })
    const took = processorTime() - started
    assert.ok(took < 1000, `round ${round} took ${took} ms`)
    assert.equal(reading.errors + reading.warnings, reading.findingCount)
    assert.equal(reading.findings.length, Math.min(reading.findingCount, 1000))
    assert.ok(reading.wellFormed || reading.errors === 1)
    for (const { line, column } of reading.findings) assert.ok(line >= 1 && column >= 1)
    if (reading.errors > 0) refused++
  }
  assert.ok(refused > 0)
})
