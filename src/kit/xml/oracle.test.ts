import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaxesParser } from 'saxes'
import { good, utf16, utf8 } from '../../../test/xml-documents.ts'
import { chance, type Chance } from '../../ctf/prng.ts'
import { sampleCtf } from '../../ctf/sample.ts'
import { columnOf, openXml, textAt, type XmlFault, type XmlProblem } from './index.ts'

/** What is in a document, in order; or the offset behind the first thing that is not well formed. */
type Told = string[] | number

/** As the project reads it; or why it is refused. */
function ours(document: Uint8Array): { told: string[]; fault: XmlFault | null; encoding: string } {
  const told: string[] = []
  let run = ''
  const tag = (what: string) => {
    if (run !== '') told.push(`text ${run}`)
    run = ''
    told.push(what)
  }
  const reading = openXml({
    open: (scan, { text }) => tag(`open ${text} ${scan.line}:${columnOf(scan)}`),
    attribute: (_scan, name) => tag(`attribute ${name}`),
    close: () => tag('close'),
    text: (scan, from, to, kind) => void (run += textAt(scan, from, to, kind)),
    forget() {},
  })
  reading.write(document)
  return { told, fault: reading.end(), encoding: reading.encoding ?? '' }
}

/** As another parser reads it; or the offset in the text behind the first thing that is not well formed. */
function theirs(text: string): Told {
  const parser = new SaxesParser({ position: false })
  const told: string[] = []
  let run = ''
  let start = 0
  let depth = 0
  const fault = new Error('not well formed')
  const tag = (what: string) => {
    // blanks between two tags are not told
    if (run.trim() !== '' || told.at(-1) === 'mark') told.push(`text ${run}`)
    run = ''
    told.push(what)
  }
  const take = (value: string) => {
    if (depth > 0) run += value
  }
  parser.on('error', () => {
    throw fault
  })
  parser.on('opentagstart', () => (start = text.lastIndexOf('<', parser.position - 2)))
  parser.on('opentag', ({ name, attributes }) => {
    const before = text.slice(0, start)
    const line = before.split('\n').length
    tag(`open ${name} ${line}:${start - before.lastIndexOf('\n')}`)
    for (const attribute of Object.keys(attributes)) told.push(`attribute ${attribute}`)
    depth++
  })
  parser.on('closetag', () => {
    tag('close')
    depth--
  })
  parser.on('text', take)
  parser.on('cdata', take)
  try {
    parser.write(text).close()
    return told
  } catch (error) {
    assert.equal(error, fault)
    return Math.min(parser.position, text.length)
  }
}

/** What is well-formed XML 1.0 and yet not taken: the gate is there for it. */
const STRICTER: ReadonlySet<XmlProblem> = new Set<XmlProblem>([
  'doctype',
  'control-character',
  'bidi-character',
  'character-reference',
  'ampersand',
  'depth',
  'attributes',
  'elements',
  'name-length',
  'text-length',
  'comment-length',
  'instructions',
])

/** What became of a document at the gate, after both agreed on it. */
function agree(document: Buffer, title: string): 'read' | 'not well formed' | 'refused' | 'no text' {
  const { told, fault, encoding } = ours(document)
  if (fault && BYTES.has(fault.problem)) return 'no text'
  const text =
    encoding === 'iso-8859-1' ? document.toString('latin1') : new TextDecoder(encoding).decode(document)
  const other = theirs(text)
  if (!fault) {
    assert.deepEqual(withoutBlanks(told), Array.isArray(other) ? withoutBlanks(other) : other, title)
    return 'read'
  }
  if (fault.problem === 'not-well-formed') {
    const offset = Buffer.from(text).toString('utf8', 0, fault.offset).length
    assert.equal(offset, other, title)
    return 'not well formed'
  }
  if (!STRICTER.has(fault.problem)) assert.equal(typeof other, 'number', `${title} ${fault.problem}`)
  return 'refused'
}

/** Blank texts may be told or not. */
const withoutBlanks = (told: string[]): string[] => told.filter((one) => !/^text \s*$/.test(one))

/** Refused before there is a text. */
const BYTES: ReadonlySet<XmlProblem> = new Set<XmlProblem>([
  'empty',
  'encoding-not-taken',
  'encoding-contradiction',
  'encoding-no-mark',
  'bytes',
  'declaration',
  'version',
])

const sample = (pupils: number, seed: number) =>
  Buffer.from(
    sampleCtf({ pupils, seed, source: '6814039', destination: '6804020', today: '2026-11-22' }).bytes,
  )

const everything = [
  '<?xml version="1.0"?>\r\n<!-- < - -><?p-i x?> --><?p-i x?>\n',
  '<CTfile xmlns:x="http://x.invalid/" a=\'1\' b = "2&amp;&#65;">\r\n<Header>\r<ŵ:é.x-1 ŷ="]]>"/>te&lt;xt',
  '<![CDATA[ a ]] ] > &amp; b]]>&#13;\r\n<𝒳a/>&#xA0;</Header  ><x\n>a<!-- -->\rb<?q?>]] ></x\r\n>',
  '<b c="1" d="2"/></CTfile>\n<!-- end --><?end?>\r',
].join('')

const splinters = [
  '<a a="1" a="2">|<a a="1" a="2"/>|<1/>|<a 1="x"/>|<a é!="x"/>|<𝒳/>|<\u{f0000}/>|<é·/>|<·b/>|<\u0300/>|<:a/>',
  '</a>|<a>|<b/>|</ a>|</a >|</1>|</!>|<__proto__ __proto__=""/>|<?|<??>|<? x?>|<?xml?x?>|<?XML?x?>|<?xml!?>',
  '<?é?>|<?\r\nx?>|<?x!y?>|?>|<?xml|<!DOCTYPE a>|&x;|&#0;|&#x20;|&#65;|&amp;|&|]]>|<![CDATA[|<!--|-->|</|/>|="',
  '\r|\r\n|\u00a0|\u2028|\u200c|\u037e|\u202e|\ufffe|\ufeff|-|.|!|?| |"',
].flatMap((line) => line.split('|'))

const spoilings: ((document: Buffer, luck: Chance) => Buffer)[] = [
  function flipBytes(document, luck) {
    const spoilt = Buffer.from(document)
    for (let flips = 1 + luck.number(3); flips > 0; flips--)
      spoilt[luck.number(spoilt.length)]! ^= 1 << luck.number(8)
    return spoilt
  },
  (document, luck) => document.subarray(0, luck.number(document.length)),
  function swapTokens(document, luck) {
    const tokens = document.toString().match(/<[^>]*>|[^<]+/g)!
    for (let swaps = 1 + luck.number(2); swaps > 0; swaps--) {
      const [one, other] = [luck.number(tokens.length), luck.number(tokens.length)]
      ;[tokens[one], tokens[other]] = [tokens[other]!, tokens[one]!]
    }
    return utf8(tokens.join(''))
  },
  function putIn(document, luck) {
    const text = document.toString()
    const at = luck.number(text.length)
    return utf8(text.slice(0, at) + luck.pick(splinters) + text.slice(at + luck.number(2)))
  },
  function putBetween(document, luck) {
    const tokens = document.toString().match(/<[^>]*>|[^<]+/g)!
    tokens.splice(luck.number(tokens.length), luck.number(2), luck.pick(splinters))
    return utf8(tokens.join(''))
  },
]

test('good documents are read as another parser reads them', () => {
  for (const [title, document] of good) assert.equal(agree(Buffer.from(document), title), 'read', title)
  for (const document of [utf8(everything), utf16(`\ufeff${everything}`), sample(1, 2), sample(20, 3)])
    assert.equal(agree(document, 'sample'), 'read')
})

test('each text that is merely not well formed is told where another parser tells it', () => {
  for (const splinter of splinters) {
    agree(utf8(`<a>${splinter}</a>`), splinter)
    agree(utf8(`${splinter}<a/>`), splinter)
    agree(utf8(`<a${splinter}>b</a>`), splinter)
  }
})

test('spoilt documents are read, or found not well formed, as by another parser', () => {
  const luck = chance(Number(process.env['CTS_SEED'] ?? 1))
  const documents = [Buffer.from(sample(1, 1)), utf8(everything), utf8(everything)]
  const outcomes = { read: 0, 'not well formed': 0, refused: 0, 'no text': 0 }
  for (let round = 0; round < 8000; round++) {
    const spoilt = spoilings[round % spoilings.length]!(luck.pick(documents), luck)
    outcomes[agree(spoilt, `round ${round}: ${spoilt.toString()}`)]++
  }
  for (const [outcome, count] of Object.entries(outcomes)) assert.ok(count > 200, `${outcome} ${count}`)
})
