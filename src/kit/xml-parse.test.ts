import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaxesParser } from 'saxes'
import { good, utf16, utf8 } from '../../test/xml-documents.ts'
import { chance, type Chance } from '../ctf/prng.ts'
import { sampleCtf } from '../ctf/sample.ts'
import { decodeXml } from './xml-encoding.ts'
import { openXml, type XmlProblem } from './xml-gate.ts'
import { parseXml } from './xml-parse.ts'

/** What is in a document, in order; or the offset behind the first thing that is not well formed. */
type Told = string[] | number

/** As the project reads it. */
function ours(text: string): Told {
  const told: string[] = []
  let run = ''
  const tag = (what: string) => {
    if (run !== '') told.push(`text ${run}`)
    run = ''
    told.push(what)
  }
  const error = parseXml(text, {
    open: (name, start, end) => tag(`open ${name} ${start} ${end}`),
    close: (name, end) => tag(`close ${name} ${end}`),
    text: (value) => void (run += value),
  })
  return error ?? told
}

/** As another parser reads it. */
function theirs(text: string): Told {
  const parser = new SaxesParser({ position: false })
  const told: string[] = []
  let run = ''
  let start = 0
  let depth = 0
  const fault = new Error('not well formed')
  const tag = (what: string) => {
    if (run !== '') told.push(`text ${run}`)
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
  parser.on('opentag', ({ name }) => {
    tag(`open ${name} ${start} ${parser.position}`)
    depth++
  })
  parser.on('closetag', ({ name }) => {
    tag(`close ${name} ${parser.position}`)
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
function agree(document: Uint8Array, title: string): 'read' | 'not well formed' | 'refused' | 'no text' {
  const opened = openXml(document)
  if (opened.ok) {
    const told = theirs(opened.text)
    assert.deepEqual(ours(opened.text), told, title)
    assert.equal(opened.error, typeof told === 'number' ? told : null, title)
    return opened.error === null ? 'read' : 'not well formed'
  }
  const decoded = decodeXml(document)
  if (!decoded.ok) return 'no text'
  if (!STRICTER.has(opened.problem))
    assert.equal(typeof theirs(decoded.text), 'number', `${title} ${opened.problem}`)
  return 'refused'
}

const sample = (pupils: number, seed: number) =>
  sampleCtf({ pupils, seed, source: '6814039', destination: '6804020', today: '2026-11-22' }).bytes

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
  for (const [title, document] of good) assert.equal(agree(document, title), 'read', title)
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
