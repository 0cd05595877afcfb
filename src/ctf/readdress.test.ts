import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFileName } from './file-name.ts'
import { checkCtf } from './check-ctf.ts'
import { readdressCtf } from './readdress.ts'
import { sampleCtf } from './sample.ts'

const document = (encoding: string, destination: string) =>
  `<?xml version="1.0" encoding="${encoding}"?>\r\n<!-- DestSchool --><CTfile><Header>\r\n<SuppInfo><DestSchool><LEA>1</LEA></DestSchool></SuppInfo>` +
  `<SourceSchool><LEA>681</LEA><SchoolName>Siân & LEA</SchoolName></SourceSchool>`.replace('&', '&amp;') +
  `<DestSchool a="1">${destination}</DestSchool></Header><CTFpupilData>â</CTFpupilData></CTfile>\r\n`

const before =
  '\r\n <LEA >681</LEA>\r\n <Estab><![CDATA[4039]]><!-- x --></Estab>\r\n\t<URN>401874</URN >\r\n'
const after = '\r\n <LEA >680</LEA>\r\n <Estab>LLLL</Estab>\r\n'

const encodings: [string, (text: string) => Buffer, string][] = [
  ['UTF-8', (text) => Buffer.from(text), 'UTF-8'],
  ['UTF-8 with its mark', (text) => Buffer.from(`\ufeff${text}`), 'UTF-8'],
  ['UTF-16 little-endian', (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), 'UTF-16'],
  ['UTF-16 big-endian', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'UTF-16'],
  ['ISO-8859-1', (text) => Buffer.from(text, 'latin1'), 'ISO-8859-1'],
  ['windows-1252', (text) => Buffer.from(text, 'latin1'), 'windows-1252'],
]

test('the destination is rewritten and its URN dropped, in every encoding, and no other byte changes', () => {
  for (const [title, encode, name] of encodings) {
    const readdressed = readdressCtf(encode(document(name, before)), '680LLLL')
    assert.deepEqual(Buffer.from(readdressed), encode(document(name, after)), title)
  }
})

test('characters of two, three and four bytes in front of it do not move what is changed', () => {
  const told = (destination: string) => document('UTF-16', destination).replace('Siân', 'â€𝒜')
  const marks = told('<LEA>681</LEA><Estab>4039</Estab>\u0a20\u200a<URN>401874</URN>')
  const expected = told('<LEA>680</LEA><Estab>LLLL</Estab>\u0a20\u200a')
  for (const [title, encode, name] of encodings.slice(0, 4)) {
    const [from, to] = [marks, expected].map((text) => encode(text.replace('UTF-16', name)))
    assert.deepEqual(Buffer.from(readdressCtf(from!, '680LLLL')), to, title)
  }
  const euro = (text: string) => Buffer.from(text.replace('â', '\x80'), 'latin1')
  const windows = (destination: string) => euro(document('windows-1252', destination))
  assert.deepEqual(Buffer.from(readdressCtf(windows(before), '680LLLL')), windows(after))
})

test('the order in the destination does not matter, nor that there is no URN', () => {
  const swapped = readdressCtf(
    Buffer.from(document('UTF-8', '<URN>123456</URN><Estab>1</Estab><LEA>2</LEA>')),
    '6804020',
  )
  assert.deepEqual(Buffer.from(swapped), Buffer.from(document('UTF-8', '<Estab>4020</Estab><LEA>680</LEA>')))
})

test('a readdressed sample passes the check under its new name', () => {
  const sample = sampleCtf({
    pupils: 5,
    seed: 3,
    source: '6814039',
    destination: '6804020',
    today: '2026-11-22',
  })
  const parsed = parseFileName('6814039_CTF_660LLLL_001.XML')
  assert.ok(parsed.ok)
  const reading = checkCtf(readdressCtf(sample.bytes, '660LLLL'), { name: parsed.name, today: '2026-11-22' })
  assert.equal(reading.findingCount, 0)
})

test('what has no destination to rewrite is refused, as is what is no destination', () => {
  const bad = [
    '',
    '<a/>',
    '<CTfile><Header/>',
    document('UTF-8', '<LEA>681</LEA>'),
    document('UTF-8', '<LEA/><Estab/>'),
  ]
  for (const text of bad) assert.throws(() => readdressCtf(Buffer.from(text), '6804020'), RangeError)
  const good = Buffer.from(document('UTF-8', before))
  for (const code of ['', '680402', '68040201', '680<020', '680402\n']) {
    assert.throws(() => readdressCtf(good, code), RangeError)
  }
})
