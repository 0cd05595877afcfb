import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFileName } from './file-name.ts'
import { ELEMENTS } from './model.ts'
import { readCtf } from './read.ts'
import { sampleCtf, type SampleOptions } from './sample.ts'
import { writeCtf } from './write.ts'

const usual: SampleOptions = {
  pupils: 3,
  seed: 1,
  source: '6814039',
  destination: '6804020',
  today: '2026-11-22',
}

function check(options: Partial<SampleOptions>) {
  const all = { ...usual, ...options }
  const { name, bytes } = sampleCtf(all)
  const parsed = parseFileName(name)
  assert.ok(parsed.ok && parsed.name.canonical === name)
  return readCtf(bytes, { name: parsed.name, today: all.today })
}

test('a sample passes the check without a finding, whatever the seed, the ends and the day', () => {
  for (let seed = 0; seed < 40; seed++)
    assert.deepEqual(check({ seed, pupils: 20 }).findings, [], `seed ${seed}`)
  const ends = [
    ['681LLLL', '6804020'],
    ['6814039', '680LLLL'],
    ['6814039', '6814039'],
  ] as const
  for (const [source, destination] of ends) assert.deepEqual(check({ source, destination }).findings, [])
  for (const destination of ['XXXXXXX', 'MMMMMMM'])
    assert.deepEqual(check({ destination, pupils: 1 }).findings, [])
  for (const today of ['2026-08-31', '2026-09-01', '2027-01-01', '2028-02-29', '2023-10-10', '2030-06-01']) {
    assert.deepEqual(check({ today, seed: 7 }).findings, [], today)
  }
})

test('a thousand and more pupils have UPNs of their own', () => {
  const reading = check({ pupils: 2500 })
  assert.deepEqual([reading.findingCount, new Set(reading.pupils.map((pupil) => pupil.upn)).size], [0, 2500])
})

test('the same seed gives the same bytes, another gives others', () => {
  assert.deepEqual(sampleCtf(usual), sampleCtf(usual))
  assert.notDeepEqual(sampleCtf(usual).bytes, sampleCtf({ ...usual, seed: 2 }).bytes)
})

test('the first pupil has every block, and accents, apostrophes and hyphens occur', () => {
  const text = Buffer.from(sampleCtf({ ...usual, pupils: 60 }).bytes).toString()
  const first = text.slice(text.indexOf('<Pupil>'), text.indexOf('</Pupil>'))
  for (const { parent, name, content } of ELEMENTS) {
    const isBlock = parent === 'Pupil' && content !== 'any' && 'group' in content
    if (isBlock) assert.match(first, new RegExp(`<${name}>`))
  }
  for (const name of [/[âŷŵôïû]/, /'/, /[a-z]-[A-Z]/, /&amp;/]) assert.match(text, name)
})

test('what cannot be a file is not invented', () => {
  for (const wrong of [
    { pupils: 0 },
    { pupils: 1.5 },
    { pupils: 100_001 },
    { destination: 'XXXXXXX' },
    { source: 'x' },
  ]) {
    assert.throws(() => sampleCtf({ ...usual, ...wrong }), RangeError)
  }
})

test('the writer keeps the order, escapes, leaves out what is empty or of another version', () => {
  const pupil = { Sex: 'F', Gender: 'F', Surname: 'A<&>"', UPN: 'x', BasicDetails: { MiddleNames: '' } }
  const write = (version: number) => writeCtf({ CTFpupilData: { Pupil: [pupil] } }, version)
  const flat = (text: string) => text.replace(/\n\s*/g, '')
  assert.ok(
    flat(write(26)).includes('<Pupil><UPN>x</UPN><Surname>A&lt;&amp;&gt;"</Surname><Sex>F</Sex></Pupil>'),
  )
  assert.ok(flat(write(20)).includes('<Gender>F</Gender></Pupil>'))
  assert.throws(() => writeCtf({ Nothing: 'x' }, 26), RangeError)
  assert.throws(() => writeCtf({ Header: { DocumentName: { X: '1' } } }, 26), RangeError)
})
