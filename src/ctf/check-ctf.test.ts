import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processorTime } from '../../test/processor-time.ts'
import { PUPIL, changed, good, read, value, withPupil } from '../../test/made-up-ctf.ts'

test('a good file has no finding, and is read', () => {
  const reading = read(good, { name: '6814039_CTF_6804020_001.XML' })
  assert.deepEqual(reading.findings, [])
  assert.deepEqual(
    { ...reading.pupils[0] },
    {
      index: 1,
      upn: 'H801200001001',
      formerUpn: null,
      uln: null,
      surname: 'Llewelyn',
      forename: 'Siân',
      middleNames: null,
      formerSurname: null,
      preferredSurname: null,
      preferredForename: null,
      dob: '2015-03-01',
      sex: 'F',
      postcode: 'NP20 1AA',
      town: 'Newport',
    },
  )
  assert.equal(reading.header?.source.schoolName, 'Ysgol Ddychmygol')
  assert.deepEqual(reading.header?.destination, { lea: '680', estab: '4020', urn: null })
  assert.deepEqual(
    [reading.wellFormed, reading.gate, reading.root, reading.encoding],
    [true, null, 'CTfile', 'utf-8'],
  )
})

test('names with accents, apostrophes and in either normal form are read as written', () => {
  for (const name of [
    'Siân',
    "O'Dalaigh",
    'O’Dalaigh',
    'Llŷr',
    'Lly\u0302r',
    'Ŵyn-Rees',
    'ap Rhydderch',
    '李',
    'Ağaoğlu',
  ]) {
    const reading = read(value('Surname', name))
    assert.deepEqual([reading.pupils[0]?.surname, reading.findingCount], [name, 0], name)
  }
  const latin1 = good.replace('?>', ' encoding="ISO-8859-1"?>')
  assert.equal(read(Buffer.from(latin1, 'latin1')).pupils[0]?.forename, 'Siân')
  assert.equal(read(Buffer.from(`\ufeff${good}`, 'utf16le')).pupils[0]?.forename, 'Siân')
  assert.equal(
    read(value('Surname', 'O<![CDATA[&]]>x &apos;y&apos;<!-- -->z')).pupils[0]?.surname,
    "O&x 'y'z",
  )
})

test('of an element that stands twice the first is read', () => {
  const twice = changed('<Forename>Siân</Forename>', '<Forename>Siân</Forename><Forename>Mair</Forename>')
  assert.equal(read(twice).pupils[0]?.forename, 'Siân')
  const addresses = withPupil('<Address><PostCode>CF10 3AT</PostCode></Address>')
  assert.equal(read(addresses).pupils[0]?.postcode, 'NP20 1AA')
})

test('a finding says the line, the column, the path and the pupil, though its UPN comes later', () => {
  const reading = read(changed('</CTFpupilData>', `<Pupil>\n <Surname/>\r\n${PUPIL}</Pupil></CTFpupilData>`))
  const finding = reading.findings.find((one) => one.rule === 'ctf-104')
  assert.deepEqual(finding, {
    rule: 'ctf-104',
    severity: 'error',
    params: { element: 'Surname' },
    line: 6,
    column: 2,
    path: 'CTfile/CTFpupilData/Pupil/Surname',
    pupil: { index: 2, upn: 'B801200005001' },
  })
})

test('blocks and elements that are not modelled pass with a warning, census files unread', () => {
  const unknown = read(withPupil('<ServiceConcerns><MoveConcern>NONE</MoveConcern></ServiceConcerns>'))
  assert.deepEqual([unknown.errors, unknown.warnings], [0, 1])
  const name = '6814039_SC1_681LLLL_001.XML'
  const census = read('<Message><Header/></Message>', { name })
  assert.deepEqual([census.findingCount, census.root, census.wellFormed], [0, 'Message', true])
  assert.equal(read('<Message><Header></Message>', { name }).errors, 1)
})

test('an encoding that is not taken and content that is refused are told apart', () => {
  const gates = ['<?xml version="1.0" encoding="UTF-7"?><a/>', '<!DOCTYPE a><a/>', '<a></b>'].map(
    (text) => read(text).gate,
  )
  assert.deepEqual(gates, ['encoding', 'content', null])
})

test('the parameters of a finding hold no name of a pupil, and are short', () => {
  const name = 'Zzyxwname'.repeat(20)
  const broken = [
    value('Surname', name),
    value('Forename', name),
    value('Town', name),
    withPupil(`<${name.slice(0, 90)}/>`),
  ]
  for (const document of broken.slice(0, 3))
    assert.ok(!JSON.stringify(read(document).findings).includes('Zzyxw'))
  for (const finding of broken.flatMap((document) => read(document).findings)) {
    assert.ok(JSON.stringify(finding.params).length < 200 && finding.path.length <= 200)
  }
})

test('a thousand findings are kept and all are counted, errors first', () => {
  const many = `<Pupil>${PUPIL}<x/></Pupil>`.repeat(3000) + `<Pupil>${PUPIL.replace('2015', '20a5')}</Pupil>`
  const reading = read(changed('</CTFpupilData>', `${many}</CTFpupilData>`))
  assert.equal(reading.findings.length, 1000)
  assert.deepEqual([reading.errors, reading.warnings, reading.findingCount], [3001, 3000, 6001])
  const warnings = '<x/>'.repeat(5000)
  const late = read(withPupil(`${warnings}<LookedAfter><InCare>yes</InCare></LookedAfter>`))
  assert.ok(late.findings.some((finding) => finding.rule === 'ctf-124') && late.findings.length === 1000)
})

test('20 MiB with a million findings, or of nothing but nesting, is answered in bounded time', () => {
  const size = 20 * 1024 * 1024
  const wrong = [
    changed('</CTFpupilData>', '<Pupil><DOB>x</DOB></Pupil>'.repeat(size / 27 - 100) + '</CTFpupilData>'),
    changed('</CTFpupilData>', '<x/>'.repeat(1_900_000) + '</CTFpupilData>'),
    '<a>'.repeat(size / 3),
    withPupil('<x>'.repeat(55) + '<y/>'.repeat(1_000_000) + '</x>'.repeat(55)),
    changed('</CTFpupilData>', '<Pupil/>'.repeat(1_900_000) + '</CTFpupilData>'),
    value('Surname', '&amp;'.repeat(52_000)),
  ]
  for (const document of wrong) {
    const started = processorTime()
    const reading = read(document)
    assert.ok(reading.findings.length <= 1000 && reading.errors + reading.warnings > 0)
    const took = processorTime() - started
    assert.ok(took < 6000, `${document.slice(-60)} took ${took}`)
  }
})
