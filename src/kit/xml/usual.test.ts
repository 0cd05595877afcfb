import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chance, type Chance } from '../../ctf/prng.ts'
import { sampleCtf } from '../../ctf/sample.ts'
import { columnOf, knowNames, openXml, textAt, type XmlNames, type XmlSink } from './index.ts'

/** All that is told of a document in pieces, and its fault; texts that come in several parts are put together, plain ones counted. */
function tellingOf(document: Buffer, names: XmlNames, luck: Chance, isPlainTold: boolean) {
  const told: string[] = []
  let plain = 0
  let run = ''
  const tell = (what: string) => {
    if (run.trim() !== '') told.push(`text ${run}`)
    run = ''
    told.push(what)
  }
  const sink: XmlSink = {
    open: (scan, { text }) => tell(`open ${text} ${scan.line}:${columnOf(scan)}`),
    attribute: (_scan, name) => tell(`attribute ${name}`),
    text: (scan, from, to, kind) => void (run += textAt(scan, from, to, kind)),
    close: () => tell('close'),
    forget() {},
  }
  if (isPlainTold)
    sink.plain = (scan, name, from, to) => {
      sink.open(scan, name, from)
      const text = scan.bytes.toString('utf8', from, to)
      assert.match(text, /^[!-~](?:[ -~]*[!-~])?$/)
      tell(`text ${text}`)
      tell('close')
      plain++
      return true
    }
  const reading = openXml(sink, { names })
  for (let at = 0; at < document.length;) {
    const size = 1 + luck.number(luck.pick([2, 20, 200, 100_000]))
    reading.write(document.subarray(at, at + size))
    at += size
  }
  return { told, plain, fault: reading.end() }
}

const SPLINTERS =
  ' |\t|\n|\r\n|<|>|/|</|/>|&amp;|&|]|]]>|<!-- -->|<![CDATA[x]]>|<?p?>|ŵ|\u0000|<A>1</A>|<A>|</A>|<Sex />'

function spoil(document: Buffer, luck: Chance): Buffer {
  const text = document.toString()
  const at = luck.number(text.length)
  const splinter = luck.pick(SPLINTERS.split('|'))
  return Buffer.from(text.slice(0, at) + splinter + text.slice(at + luck.number(3)))
}

test('what follows the usual shape is told as what is looked at byte by byte', () => {
  const luck = chance(Number(process.env['CTS_SEED'] ?? 1))
  const ends = { source: '6814039', destination: '6804020', today: '2026-11-22' }
  const documents = [1, 2, 3].map((seed) => Buffer.from(sampleCtf({ pupils: 2, seed, ...ends }).bytes))
  documents.push(Buffer.from(documents[0]!.toString().replaceAll('\n', '\r\n')))
  documents.push(Buffer.from(documents[1]!.toString().replaceAll(/\n */g, '')))
  const known = [...new Set(documents.join('').match(/(?<=<)\w+/g)), 'A']
  let plain = 0
  for (let round = 0; round < 1000; round++) {
    const document = spoil(luck.pick(documents), luck)
    // names that are not known are never expected
    const slow = tellingOf(document, knowNames([]), luck, false)
    const fast = tellingOf(document, knowNames(known), luck, round % 2 === 0)
    assert.deepEqual({ ...fast, plain: 0 }, slow, `round ${round}`)
    plain += fast.plain
  }
  assert.ok(plain > 10_000, `${plain}`)
})
