import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkCtf } from './check-ctf.ts'
import { elementsIn, type CtfFile, type Elements } from './content.ts'
import { CTF_MODEL, readModel } from './model.ts'
import { CONTENT_MODEL } from './model-table.ts'
import { chance, type Chance } from './prng.ts'
import { readCtf } from './read-ctf.ts'
import { sampleCtf } from './sample.ts'
import { writeCtf, writeFrame, writePupil } from './write.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

const file = (pupil: Elements, others: Partial<CtfFile> = {}): CtfFile => ({
  root: 'CTfile',
  version: null,
  header: {},
  pupils: [pupil],
  rest: {},
  ...others,
})

/** What is written, without line ends and indents. */
const flat = (...args: Parameters<typeof writeCtf>) => writeCtf(...args).replaceAll(/\n\s*/g, '')

const NAMES = [
  'Llŷr',
  'Siân'.normalize('NFD'),
  'Gwenllïan'.normalize('NFD'),
  '<![CDATA[ap <Rhys> & "Wyn"]]>',
  'Jo<!-- a note -->nes',
  'O&apos;Neill &amp; &lt;Sons&gt; &quot;a&quot; &#233; &#x1F600;',
  'Nant]]&gt;lais',
  'two\nlines',
  '𝒜strid',
]

const SUPPLEMENT =
  '<SuppInfo>\r\n\t<SuppID kind="a&amp;b" >1</SuppID><!-- kept --><Lunch><Day n=\'1\'/>\n<![CDATA[<ham> & egg]]></Lunch>&#233;</SuppInfo>'

const UNKNOWN = ['<Extra/>', '<Extra a="1">x<b/></Extra>', '<Extra>\n  <!-- ŵ -->\n</Extra>', '<Ŵy>1</Ŵy>']

/** A sample with blocks, names, unknown elements and supplements by chance. */
function vary(luck: Chance, seed: number): string {
  const sample = sampleCtf({
    pupils: 1 + luck.number(3),
    seed,
    source: '6814039',
    destination: '6804020',
    today: luck.pick(['2026-11-22', '2019-05-01']),
  })
  const blocks = [...CTF_MODEL.groups].filter(([, rows]) => rows.has('SuppInfo')).map(([group]) => group)
  const put = (text: string, group: string, element: string) =>
    text.replaceAll(`</${group}>`, (end) => (luck.once(3) ? element + end : end))
  let text = Buffer.from(sample.bytes).toString()
  text = text.replaceAll(/(?<=<(?:Surname|Forename|MiddleNames|SchoolName|Street)>)[^<]*/g, (name) =>
    luck.once(3) ? luck.pick(NAMES) : name,
  )
  for (const group of blocks) text = put(text, group, SUPPLEMENT)
  for (const group of ['Pupil', 'Contact', 'BasicDetails', 'CTFpupilData', 'CTfile', 'Header', 'SEN'])
    text = put(text, group, luck.pick(UNKNOWN))
  return luck.once(4) ? text.replaceAll('\n', '\r\n') : text
}

test('what is read is written, and what is written is read: 200 files with all that a file can have', () => {
  let supplements = 0
  let unknown = 0
  for (let seed = 1; seed <= 200; seed++) {
    const text = vary(chance(seed), seed)
    const data = readCtf(bytes(text))
    const written = writeCtf(data)
    const again = readCtf(bytes(written))
    assert.deepEqual(again, data, `seed ${seed}`)
    assert.equal(writeCtf(again), written, `seed ${seed}`)
    supplements += written.split('<SuppID kind="a&amp;b" >').length - 1
    unknown += written.split('<Extra').length + written.split('<Ŵy>').length - 2
    assert.equal(written.split('<SuppID').length, text.split('<SuppID').length, `seed ${seed}`)
  }
  assert.ok(supplements > 200 && unknown > 200, `${supplements} supplements, ${unknown} unknown elements`)
})

test('of every version the writer leaves out what it does not carry, and its own files are read alike', () => {
  const data = readCtf(
    sampleCtf({ pupils: 2, seed: 4, source: '6814039', destination: '6804020', today: '2026-11-22' }).bytes,
  )
  for (let version = 12; version <= 26; version++) {
    const written = writeCtf(data, { version })
    const again = readCtf(bytes(written))
    assert.equal(again.version, version)
    assert.equal(writeCtf(again, { version }), written)
    for (const row of CTF_MODEL.rows) {
      if (version >= row.versions.from && version <= row.versions.to) continue
      const isElsewhere = CTF_MODEL.rows.some(
        (other) => other.name === row.name && version >= other.versions.from && version <= other.versions.to,
      )
      if (!isElsewhere) assert.ok(!written.includes(`<${row.name}>`), `${row.name} in version ${version}`)
    }
  }
})

test('a version that has but one of Gender and Sex says it by that name, a version with both as it stands', () => {
  const said = (pupil: Elements, version: number) =>
    /<Pupil>(.*)<\/Pupil>/.exec(flat(file(pupil), { version }))?.[1] ?? ''
  assert.equal(said({ Sex: 'F' }, 22), '<Gender>F</Gender>')
  assert.equal(said({ Gender: 'F' }, 24), '<Sex>F</Sex>')
  assert.equal(said({ Gender: 'F', Sex: 'F' }, 26), '<Sex>F</Sex>')
  assert.equal(said({ Gender: 'F' }, 23), '<Gender>F</Gender>')
  assert.equal(said({ Sex: 'F' }, 23), '<Sex>F</Sex>')
})

test('without a version nothing is left out, whatever the header says', () => {
  const pupil = {
    UPN: 'x',
    Sex: 'F',
    Gender: 'F',
    BasicDetails: { FormerForename: 'Ann', CountryofBirth: 'GBR' },
  }
  const written = flat(file(pupil, { version: 26, header: { CTFversion: '26.0' } }))
  assert.ok(
    written.includes(
      '<UPN>x</UPN><Gender>F</Gender><Sex>F</Sex><BasicDetails><FormerForename>Ann</FormerForename><CountryofBirth>GBR</CountryofBirth></BasicDetails>',
    ),
    written,
  )
})

test('the order in which data is given does not matter, nor how lists and numbers are given', () => {
  const one = {
    Surname: 'Rees',
    UPN: 'x',
    Zeta: { xml: '<Zeta/>' },
    Alpha: { xml: '<Alpha/>' },
    SuppInfo: { xml: '<SuppInfo/>' },
    Contacts: { Contact: [{ Relationship: 'PAM', Order: 1, Surname: 'Rees' }] },
    Email: ' a@example.org ',
  }
  const other = {
    SuppInfo: { xml: '<SuppInfo/>' },
    Alpha: { xml: '<Alpha/>' },
    Contacts: { Contact: { Surname: 'Rees', Order: '1', Relationship: 'PAM' } },
    Email: 'a@example.org',
    UPN: 'x',
    Zeta: [{ xml: '<Zeta/>' }],
    Surname: 'Rees',
  }
  assert.equal(writeCtf(file(one)), writeCtf(file(other)))
  assert.match(flat(file(one)), /<\/Contacts><Alpha\/><Zeta\/><SuppInfo\/><\/Pupil>/)
})

test('empty elements are left out, and characters that mean something in XML are escaped', () => {
  const pupil = {
    UPN: 'x',
    Surname: ' A<&>"\'\r ',
    Forename: '',
    BasicDetails: { MiddleNames: ' ', MedicalFlag: false, Nationalities: { Nationality: ['', 'GBR'] } },
    Contacts: { Contact: [] },
  }
  assert.ok(
    flat(file(pupil)).includes(
      `<Pupil><UPN>x</UPN><Surname>A&lt;&amp;&gt;"'</Surname><BasicDetails><Nationalities>` +
        `<Nationality>GBR</Nationality></Nationalities><MedicalFlag>false</MedicalFlag></BasicDetails></Pupil>`,
    ),
    flat(file(pupil)),
  )
  assert.match(flat(file({ Surname: 'a\rb' })), /a&#13;b/)
})

test('what no file may have is refused without telling the value', () => {
  const wrong: [string, Elements][] = [
    ['a control character', { Surname: 'a\u0007b' }],
    ['a bidirectional character', { Surname: 'a\u202eb' }],
    ['half a character', { Surname: 'a\ud800b' }],
    ['an element that the model does not have', { Nothing: 'x' }],
    ['children of a value', { Surname: { X: '1' } }],
    ['children of SuppInfo', { SuppInfo: { X: '1' } }],
    ['XML of another name', { SuppInfo: { xml: '<Suppinfo/>' } }],
    ['XML of a longer name', { SuppInfo: { xml: '<SuppInfo2/>' } }],
    ['two elements', { SuppInfo: { xml: '<SuppInfo/><SuppInfo/>' } }],
    ['XML that is not well formed', { SuppInfo: { xml: '<SuppInfo><b></SuppInfo>' } }],
    ['a DOCTYPE', { SuppInfo: { xml: '<!DOCTYPE SuppInfo><SuppInfo/>' } }],
    ['an entity', { SuppInfo: { xml: '<SuppInfo>&secret;</SuppInfo>' } }],
    ['XML with half a character', { SuppInfo: { xml: '<SuppInfo>\ud800</SuppInfo>' } }],
  ]
  for (const [title, pupil] of wrong) {
    assert.throws(
      () => writeCtf(file(pupil)),
      (error: unknown) => error instanceof RangeError && !/a.b|secret/.test(error.message),
      title,
    )
  }
})

test('the header says the version asked for, and the one of the data where it says none itself', () => {
  const header = { DocumentName: 'Common Transfer File', CTFversion: '25.0' }
  const said = (...args: Parameters<typeof writeCtf>) => /<CTFversion>(.*)</.exec(writeCtf(...args))?.[1]
  assert.equal(said(file({}, { header, version: 25 })), '25.0')
  assert.equal(said(file({}, { header, version: 25 }), { version: 26 }), '26.0')
  assert.equal(said(file({}, { header: {}, version: 24 })), '24.0')
  assert.equal(said(file({}, { header: {} })), undefined)
})

test('an element may be called as what every object has', () => {
  for (const name of ['constructor', '__proto__', 'toString']) {
    const pupil: Elements = Object.fromEntries([
      ['UPN', 'x'],
      [name, { xml: `<${name}>1</${name}>` }],
    ])
    assert.match(flat(file(pupil)), new RegExp(`<UPN>x</UPN><${name}>1</${name}></Pupil>`))
  }
})

test('a file that is written pupil by pupil is the same', () => {
  const { bytes: sample } = sampleCtf({
    pupils: 3,
    seed: 2,
    source: '6814039',
    destination: '6804020',
    today: '2026-11-22',
  })
  const data = readCtf(bytes(Buffer.from(sample).toString().replace('</CTfile>', '<Extra/></CTfile>')))
  const [before, behind] = writeFrame(data)
  const parts = [before, ...data.pupils.map((pupil) => writePupil(data.root, pupil)), behind].join('')
  assert.equal(parts, writeCtf(data))
  assert.match(parts, /<\/CTFpupilData>\n {2}<Extra\/>\n<\/CTfile>\n$/)
})

test('an admissions transfer file is written under its own root', () => {
  const upn = 'A123456789012'
  const written = writeCtf(
    file({ UPN: upn, Surname: 'Rees' }, { root: 'ATfile', version: 19, header: { DocumentName: 'x' } }),
  )
  assert.match(written, /^<\?xml version="1.0" encoding="UTF-8"\?>\n<ATfile>\n {2}<Header>\n/)
  const again = readCtf(bytes(written))
  assert.deepEqual([again.root, again.version, again.pupils], ['ATfile', 19, [{ UPN: upn, Surname: 'Rees' }]])
})

test('a row more in the table is written in its place', () => {
  const model = readModel(
    CONTENT_MODEL.replace(
      /^(Pupil +\| Forename .*)$/m,
      '$1\nPupil | Nickname | * | text 35 | | 30- | V | CBDS |',
    ),
  )
  const pupil = { Nickname: ['Bod', 'Bo'], DOB: '2015-01-01', Forename: 'Bodran' }
  const written = flat(file(pupil), { model })
  assert.match(written, /<\/Forename><Nickname>Bod<\/Nickname><Nickname>Bo<\/Nickname><DOB>/)
  assert.ok(!flat(file(pupil), { model, version: 26 }).includes('Nickname'))
  assert.deepEqual(readCtf(bytes(writeCtf(file(pupil), { model })), { model }).pupils, [pupil])
})

test('a file written from what was read passes the check as it did', () => {
  const sample = sampleCtf({
    pupils: 5,
    seed: 9,
    source: '6814039',
    destination: '6804020',
    today: '2026-11-22',
  })
  const written = writeCtf(readCtf(sample.bytes))
  assert.equal(written, Buffer.from(sample.bytes).toString())
  assert.equal(checkCtf(bytes(written), { today: '2026-11-22' }).findingCount, 0)
  assert.equal(elementsIn(readCtf(bytes(written)).pupils[0]!, 'BasicDetails').length, 1)
})
