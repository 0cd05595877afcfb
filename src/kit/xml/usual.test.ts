import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chance, type Chance } from '../../ctf/prng.ts'
import { sampleCtf } from '../../ctf/sample.ts'
import {
  columnOf,
  knowNames,
  openXml,
  readXml,
  textAt,
  type XmlLimits,
  type XmlNames,
  type XmlSink,
} from './index.ts'

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

/** What is told of what stands in <a> behind two <b>, so that another is expected. */
function tellingBehind(inside: string, limits: Partial<XmlLimits> = {}): string {
  const told: string[] = []
  const sink: XmlSink = {
    open: () => void told.push('('),
    attribute() {},
    text: (scan, from, to, kind) => void told.push(JSON.stringify(textAt(scan, from, to, kind))),
    close: () => void told.push(')'),
    forget() {},
    plain: (scan, _name, from, to) => told.push(scan.text.slice(from, to)) > 0,
  }
  const bytes = Buffer.from(`<aa><b>1</b><b>2</b>${inside}</aa>`)
  const fault = readXml(bytes, sink, { limits, names: knowNames(['aa', 'bb', 'b']) })
  return fault ? `${fault.problem} ${fault.column}` : told.join(' ')
}

test('what is nearly of the usual shape is told as it is', () => {
  const begins = '( ( "1" ) ( "2" )'
  for (const [inside, expected] of [
    ['<bb>3</bb><bb>4</bb>', '( "3" ) ( "4" ) )'],
    ['<bb>3</bb>\n    <bb>3</bb><bb>5</bb>', '( "3" ) ( "3" ) 5 )'],
    ['<bb>3</bb><bb>3</bb><bb>5 </bb>', '( "3" ) ( "3" ) ( "5 " ) )'],
    ['<bb>3</bb><bb>3</bb><bb> 5</bb>', '( "3" ) ( "3" ) ( " 5" ) )'],
    ['<bb>3</bb><bb>3</bb><bb>5<?p?>\n    </bb>', '( "3" ) ( "3" ) ( "5" "\\n    " ) )'],
    ['<bb>3</bb><bb>3</bb><bb>\n    <?p?>5</bb>', '( "3" ) ( "3" ) ( "\\n    " "5" ) )'],
  ] as const)
    assert.equal(tellingBehind(inside), `${begins} ${expected}`, inside)
})

test('limits are kept in the usual shape', () => {
  const three = '<bb>3</bb><bb>3</bb>'
  assert.equal(tellingBehind(`${three}<bb>5</bb>`, { elements: 5 }), 'elements 41')
  assert.equal(tellingBehind(`${three}<bb>12345678901</bb>`, { text: 10 }), 'text-length 55')
  assert.equal(
    tellingBehind(`${three}\n${' '.repeat(10)}<bb>5</bb>`, { text: 10 }).slice(0, 11),
    'text-length',
  )
})
