import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processorTime } from '../../../test/processor-time.ts'
import { declared, good, latin1, many, utf16, utf16be, utf8 } from '../../../test/xml-documents.ts'
import { NOT_TAKEN, openXml, readXml, textAt, type XmlFault, type XmlProblem, type XmlSink } from './index.ts'

const bytes = (...values: number[]) => Buffer.from(values)
/** A sink that keeps the text and where elements begin and end. */
function listener(): XmlSink & { said: string; seen: string[] } {
  return {
    said: '',
    seen: [],
    open(scan, { text }) {
      this.seen.push(`${text} ${scan.line}:${scan.at - scan.lineStart - scan.shorter + 1}`)
    },
    attribute(_scan, name) {
      this.seen.push(`@${name}`)
    },
    text(scan, from, to, kind) {
      this.said += textAt(scan, from, to, kind)
    },
    close() {
      this.seen.push('/')
    },
    forget() {},
  }
}

const faultOf = (document: Uint8Array, limits = {}): XmlFault | null =>
  readXml(document, listener(), { limits })

const join = (...parts: Uint8Array[]) => Buffer.concat(parts)

const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><a>&lol2;</a>`

const hostile: [string, Uint8Array, XmlProblem, ('encoding' | 'content')?][] = [
  ['nothing at all', bytes(), 'empty'],
  ['only spaces', utf8(' \n '), 'no-element'],
  ['only a declaration', utf8('<?xml version="1.0"?>'), 'no-element'],
  ['a zip', bytes(0x50, 0x4b, 3, 4, 0, 0), 'not-xml'],
  ['plain words', utf8('Dear school'), 'not-xml'],
  ['billion laughs', utf8(laughs), 'doctype'],
  ['an external entity', utf8('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'), 'doctype'],
  ['a DOCTYPE in lower case', utf8('<!doctype a><a/>'), 'doctype'],
  ['a DOCTYPE with an internal subset', utf8('<!DOCTYPE a [<!ELEMENT a ANY>]><a/>'), 'doctype'],
  ['a parameter entity', utf8('<!DOCTYPE a [<!ENTITY % p SYSTEM "http://x.invalid/"> %p;]><a/>'), 'doctype'],
  ['a DOCTYPE inside the root', utf8('<a><!DOCTYPE a></a>'), 'doctype'],
  ['a DOCTYPE behind a comment', utf8('<!-- --><!DOCTYPE a><a/>'), 'doctype'],
  ['an element declaration', utf8('<!ELEMENT a ANY><a/>'), 'markup'],
  ['an entity without a DOCTYPE', utf8('<a>&nbsp;</a>'), 'entity'],
  ['an entity in an attribute', utf8('<a b="&x;"/>'), 'entity'],
  ['an entity in capitals', utf8('<a>&AMP;</a>'), 'entity'],
  ['a bare ampersand', utf8('<a>Tom & Ann</a>'), 'ampersand'],
  ['an ampersand without its semicolon', utf8('<a>&amp Ann</a>'), 'ampersand'],
  ['a reference to null', utf8('<a>&#0;</a>'), 'character-reference'],
  ['a reference to a control character', utf8('<a>&#x1B;</a>'), 'character-reference'],
  ['a reference to a surrogate', utf8('<a>&#xD800;</a>'), 'character-reference'],
  ['a reference past Unicode', utf8('<a>&#x110000;</a>'), 'character-reference'],
  ['a reference to a bidi override', utf8('<a>&#x202E;</a>'), 'character-reference'],
  ['a reference in an attribute', utf8('<a b="&#8;"/>'), 'character-reference'],
  ['a reference with a capital X', utf8('<a>&#X41;</a>'), 'character-reference'],
  ['a null byte', utf8('<a>\0</a>'), 'control-character'],
  ['a backspace', utf8('<a>\b</a>'), 'control-character'],
  ['an escape in a comment', utf8('<a><!-- \x1b --></a>'), 'control-character'],
  ['a C1 control', utf8('<a>\u0085</a>'), 'control-character'],
  ['U+FFFE', utf8('<a>\ufffe</a>'), 'control-character'],
  ['U+FFFF', utf8('<a>\uffff</a>'), 'control-character'],
  ['a bidi override', utf8('<a>\u202egpj</a>'), 'bidi-character'],
  ['a bidi isolate in an attribute', utf8('<a b="\u2066"/>'), 'bidi-character'],
  ['a right-to-left mark', utf8('<a>\u200f</a>'), 'bidi-character'],
  ['an Arabic letter mark', utf8('<a>\u061c</a>'), 'bidi-character'],
  ['overlong UTF-8', join(utf8('<a>'), bytes(0xc0, 0xbc), utf8('</a>')), 'bytes'],
  ['a lone surrogate in UTF-8', join(utf8('<a>'), bytes(0xed, 0xa0, 0x80), utf8('</a>')), 'bytes'],
  ['Latin-1 bytes not declared', latin1('<a>Siân</a>'), 'bytes'],
  ['UTF-8 that stops within a character', join(utf8('<a>'), bytes(0xe2, 0x82)), 'bytes'],
  ['a lone surrogate in UTF-16', join(bytes(0xff, 0xfe), utf16('<a>\ud800</a>')), 'bytes'],
  ['UTF-16 with half a character', join(bytes(0xff, 0xfe), utf16('<a/>'), bytes(0x20)), 'bytes'],
  [
    'an unused windows-1252 byte',
    latin1('<?xml version="1.0" encoding="windows-1252"?><a>\x81</a>'),
    'bytes',
  ],
  [
    'windows quotes under ISO-8859-1',
    latin1('<?xml version="1.0" encoding="ISO-8859-1"?><a>\x92</a>'),
    'control-character',
  ],
  ['UTF-16 without its mark', utf16('<?xml version="1.0"?><a/>'), 'encoding-no-mark', 'encoding'],
  ['big-endian UTF-16 without its mark', utf16be('<a/>'), 'encoding-no-mark', 'encoding'],
  [
    'UTF-16 declared, UTF-8 written',
    utf8('<?xml version="1.0" encoding="utf-16"?><a/>'),
    'encoding-no-mark',
    'encoding',
  ],
  ['UTF-32', join(bytes(0xff, 0xfe, 0, 0), bytes(0x3c, 0, 0, 0)), 'encoding-not-taken', 'encoding'],
  ['UTF-32 without its mark', bytes(0x3c, 0, 0, 0, 0x61, 0, 0, 0), 'encoding-not-taken', 'encoding'],
  ['EBCDIC', bytes(0x4c, 0x6f, 0xa7, 0x94, 0x93), 'encoding-not-taken', 'encoding'],
  ['UTF-7 by its mark', utf8('+/v8-<a/>'), 'encoding-not-taken', 'encoding'],
  ['UTF-7 by its look', utf8('+ADw-a/+AD4-'), 'encoding-not-taken', 'encoding'],
  ['UTF-7 declared', utf8('<?xml version="1.0" encoding="UTF-7"?><a/>'), 'encoding-not-taken', 'encoding'],
  [
    'Shift_JIS declared',
    utf8('<?xml version="1.0" encoding="Shift_JIS"?><a/>'),
    'encoding-not-taken',
    'encoding',
  ],
  [
    'a mark of UTF-8, ISO-8859-1 declared',
    utf8('\ufeff<?xml version="1.0" encoding="iso-8859-1"?><a/>'),
    'encoding-contradiction',
    'encoding',
  ],
  [
    'a mark of UTF-16, UTF-8 declared',
    join(bytes(0xff, 0xfe), utf16('<?xml version="1.0" encoding="utf-8"?><a/>')),
    'encoding-contradiction',
    'encoding',
  ],
  [
    'a little-endian mark, big-endian declared',
    join(bytes(0xff, 0xfe), utf16('<?xml version="1.0" encoding="utf-16be"?><a/>')),
    'encoding-contradiction',
    'encoding',
  ],
  ['two marks', utf8('\ufeff\ufeff<a/>'), 'not-xml'],
  ['XML 1.1', utf8('<?xml version="1.1"?><a/>'), 'version'],
  ['XML 2.0', utf8("<?xml version='2.0'?><a/>"), 'version'],
  ['a declaration without a version', utf8('<?xml encoding="utf-8"?><a/>'), 'declaration'],
  [
    'a declaration out of order',
    utf8('<?xml version="1.0" standalone="yes" encoding="utf-8"?><a/>'),
    'declaration',
  ],
  [
    'a standalone that is neither yes nor no',
    utf8('<?xml version="1.0" standalone="maybe"?><a/>'),
    'declaration',
  ],
  ['a declaration with one quote', utf8('<?xml version="1.0\'?><a/>'), 'declaration'],
  ['a declaration after a blank line', utf8('\n<?xml version="1.0"?><a/>'), 'declaration'],
  ['a declaration inside', utf8('<a><?xml version="1.0"?></a>'), 'declaration'],
  ['a declaration in capitals', utf8('<?XML version="1.0"?><a/>'), 'declaration'],
  ['elements 100,000 deep', utf8(many('<a>', 100_000)), 'depth'],
  ['65 deep', utf8(many('<a>', 65) + many('</a>', 65)), 'depth'],
  [
    '100,000 attributes',
    utf8(`<a ${Array.from({ length: 100_000 }, (_, n) => `a${n}=""`).join(' ')}/>`),
    'attributes',
  ],
  ['an attribute of 10 MB', utf8(`<a b="${many('x', 10_000_000)}"/>`), 'text-length'],
  ['a text of 10 MB', utf8(`<a>${many('x', 10_000_000)}</a>`), 'text-length'],
  ['a CDATA section of 10 MB', utf8(`<a><![CDATA[${many('x', 10_000_000)}]]></a>`), 'text-length'],
  ['a comment of 10 MB', utf8(`<a><!--${many('x', 10_000_000)}--></a>`), 'comment-length'],
  ['a name of 10 MB', utf8(`<${many('x', 10_000_000)}/>`), 'name-length'],
  ['an attribute name of 10 MB', utf8(`<a ${many('x', 10_000_000)}=""/>`), 'name-length'],
  ['an end tag of 10 MB', utf8(`<a></${many('x', 10_000_000)}>`), 'name-length'],
  ['a hundred thousand instructions', utf8(`<a>${many('<?x?>', 100_000)}</a>`), 'instructions'],
  ['an instruction of 10 MB', utf8(`<a><?x ${many('x', 10_000_000)}?></a>`), 'comment-length'],
  ['three million elements', utf8(`<a>${many('<b/>', 3_000_000)}</a>`), 'elements'],
  ['an unclosed CDATA section', utf8('<a><![CDATA[x</a>'), 'truncated'],
  ['a CDATA section outside the root', utf8('<![CDATA[x]]><a/>'), 'markup'],
  [']]> in text', utf8('<a>x]]>y</a>'), 'markup'],
  ['an unclosed comment', utf8('<a><!-- </a>'), 'truncated'],
  ['-- in a comment', utf8('<a><!-- -- --></a>'), 'markup'],
  ['an unclosed instruction', utf8('<a><?x </a>'), 'truncated'],
  ['cut within a tag', utf8('<a><b c="d'), 'truncated'],
  ['cut behind a tag', utf8('<a><b></b>'), 'truncated'],
  ['cut in an end tag', utf8('<a></a'), 'truncated'],
  ['cut behind a "<"', utf8('<a><'), 'truncated'],
  ['text behind the root', utf8('<a/>x'), 'markup'],
  ['a second root', utf8('<a/><b/>'), 'markup'],
  ['one end tag too many', utf8('<a/></a>'), 'markup'],
  ['an attribute without quotes', utf8('<a b=c/>'), 'markup'],
  ['an attribute without a value', utf8('<a b/>'), 'markup'],
  ['attributes without a space', utf8('<a b="1"c="2"/>'), 'markup'],
  ['a "<" in an attribute', utf8('<a b="<"/>'), 'markup'],
  ['a "<" in text', utf8('<a> 1 < 2</a>'), 'markup'],
]

test('a hostile or broken document is refused with its problem, before any parser sees it', () => {
  for (const [title, document, problem, kind = 'content'] of hostile) {
    const { problem: found } = faultOf(document) ?? { problem: 'opened' }
    assert.equal(found, problem, title)
    assert.equal(NOT_TAKEN.has(problem), kind === 'encoding', title)
  }
})

test('a good document is read in its own encoding', () => {
  for (const [title, document, expected] of good) {
    const sink = listener()
    assert.equal(readXml(document, sink), null, title)
    assert.equal(sink.said.trim(), expected, title)
  }
})

test('a document is read alike in whatever pieces it comes', () => {
  const documents = [
    ...good.map(([, document]) => document),
    ...hostile.slice(0, 60).map(([, document]) => document),
  ]
  for (const document of documents.filter(({ length }) => length < 10_000)) {
    const whole = listener()
    const fault = readXml(document, whole)
    for (const size of [1, 2, 3, 7, 1025]) {
      const sink = listener()
      const reading = openXml(sink)
      for (let at = 0; at < document.length; at += size) reading.write(document.subarray(at, at + size))
      assert.deepEqual([reading.end(), sink.said, sink.seen], [fault, whole.said, whole.seen])
    }
  }
})

test('ISO-8859-1 has no ŵ: what stands for it is read as written', () => {
  const sink = listener()
  const reading = openXml(sink)
  reading.write(latin1(declared('ISO-8859-1', '\xfb')))
  assert.equal(reading.end(), null)
  assert.deepEqual([sink.said, reading.encoding], ['û', 'iso-8859-1'])
})

const places: [string, Uint8Array, number, number][] = [
  ['a bad byte', join(utf8('<a>\n<b>ŵŵ'), bytes(0xff), utf8('</b></a>')), 2, 6],
  ['a bad byte at once', join(bytes(0xff), utf8('<a/>')), 1, 1],
  ['a cut character', join(utf8('<a>\nx'), bytes(0xf0, 0x9f, 0x98)), 2, 2],
  ['a lone surrogate', join(bytes(0xff, 0xfe), utf16('<a>\n\n12\udc00</a>')), 3, 3],
  ['an entity', utf8('<a>\r\n<b>&x;</b></a>'), 2, 4],
  ['a control character', utf8('<a>\n\n \x07</a>'), 3, 2],
  ['the end', utf8('<a>\n<b>'), 2, 4],
]

test('the line and column say where the problem is', () => {
  for (const [title, document, line, column] of places) {
    const fault = faultOf(document)
    assert.deepEqual([fault?.line, fault?.column], [line, column], title)
  }
})

test('a limit can be put in place of the usual one', () => {
  assert.equal(faultOf(utf8('<a><b/></a>'), { elements: 1 })?.problem, 'elements')
  assert.equal(faultOf(utf8(many('<a>', 70) + many('</a>', 70)), { depth: 70 }), null)
})

const MIB20 = 20 * 1024 * 1024
const fill = (piece: string) => utf8(`<a>${many(piece, Math.floor((MIB20 - 7) / piece.length))}</a>`)
const heavy = [
  '<b>',
  '<b/>',
  '<b></b>',
  '&amp;',
  '&',
  ']',
  ']]',
  '<!---->',
  '<!',
  '-',
  '<b c="',
  "<b c='&amp;'/>",
  '\n',
  '<![CDATA[]]>',
  '<?x?>',
  ' ',
  '"',
  '<a<',
  'ŵ',
  '\u202e',
]

test('20 MiB of anything is answered within 2 seconds', () => {
  for (const piece of heavy) {
    const document = fill(piece)
    const started = processorTime()
    faultOf(document, { text: MIB20, elements: MIB20 })
    const took = processorTime() - started
    assert.ok(took < 2000, `${JSON.stringify(piece)} took ${Math.round(took)} ms`)
  }
})

test('what is not well formed is refused where it is', () => {
  const cases: [string, number][] = [
    ['<a><b></a></b>', 10],
    ['<a b="1" b="2"/>', 16],
    ['<a 1="2"/>', 4],
    ['<1/>', 2],
    ['<a></1>', 7],
  ]
  for (const [text, offset] of cases) {
    const { problem, offset: found } = faultOf(utf8(text)) ?? {}
    assert.deepEqual([problem, found], ['not-well-formed', offset], text)
  }
})

test('each element is told where it begins, in lines and columns as an editor counts them', () => {
  const sink = listener()
  readXml(utf8('<?xml version="1.0"?>\r\n<a>\r\n  <b\r\n c="1">ŵ😀</b ><d/></a>'), sink)
  assert.deepEqual(sink.seen, ['a 2:1', 'b 3:3', '@c', '/', 'd 4:16', '/', '/'])
})
