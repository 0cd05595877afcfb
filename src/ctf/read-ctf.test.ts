import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changed, good, withPupil } from '../../test/made-up-ctf.ts'
import { chance } from './prng.ts'
import { CtfProblem, readCtf, readPupils, type PupilRead } from './read-ctf.ts'
import { sampleCtf } from './sample.ts'

const bytes = (text: string): Buffer => Buffer.from(text)

test('a file is read as data: values trimmed, lists where several may stand, nothing of what is empty', () => {
  const file = readCtf(bytes(good))
  const [pupil] = file.pupils
  assert.deepEqual([file.root, file.version, file.pupils.length], ['CTfile', 26, 1])
  assert.equal(file.header['DocumentQualifier'], 'full')
  assert.deepEqual(pupil!['Surname'], 'Llewelyn')
  const phones =
    '<Phones><Phone><TelephoneType> H </TelephoneType><PhoneNo>1&#50;</PhoneNo></Phone></Phones><Email/>'
  const read = readCtf(bytes(withPupil(phones))).pupils[0]!
  assert.deepEqual(read['Phones'], { Phone: [{ TelephoneType: 'H', PhoneNo: '12' }] })
  assert.equal('Email' in read, false)
})

test('what the model does not know, and what may hold anything, is kept as it stood', () => {
  const supp = '<SuppInfo><SuppID>1</SuppID><a b="c">&amp;<!-- d --><e/></a>\n</SuppInfo>'
  const read = readCtf(bytes(withPupil(`<Odd x="1">y<z/></Odd><Odd/><__proto__>p</__proto__>${supp}`)))
    .pupils[0]!
  assert.deepEqual(read['Odd'], [{ xml: '<Odd x="1">y<z/></Odd>' }, { xml: '<Odd/>' }])
  assert.deepEqual(read['SuppInfo'], { xml: supp })
  assert.deepEqual(Object.getOwnPropertyDescriptor(read, '__proto__')?.value, {
    xml: '<__proto__>p</__proto__>',
  })
  const beside = readCtf(bytes(changed('</CTfile>', '<Extra>1</Extra></CTfile>')))
  assert.deepEqual(beside.rest, { Extra: { xml: '<Extra>1</Extra>' } })
})

test('a file that comes in pieces is read a pupil at a time, as it is read whole', async () => {
  const sample = sampleCtf({
    pupils: 40,
    seed: 3,
    source: '6814039',
    destination: '6804020',
    today: '2026-11-22',
  })
  const whole = readCtf(sample.bytes)
  const luck = chance(1)
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < sample.bytes.length;) {
      const end = at + 1 + luck.number(20_000)
      yield sample.bytes.subarray(at, end)
      at = end
    }
  }
  const seen: PupilRead[] = []
  for await (const one of readPupils(pieces())) seen.push(one)
  assert.deepEqual(
    seen.map(({ pupil }) => pupil),
    whole.pupils,
  )
  assert.deepEqual([seen[0]!.header, seen.at(-1)!.index], [whole.header, 40])
})

test('what cannot be read says which rule it breaks and where', async () => {
  const cases: [string, string, number, number][] = [
    ['<CTfile><Header></CTfile>', 'ctf-025', 1, 26],
    ['<School/>', 'ctf-101', 1, 1],
    ['<CTfile>\n <a>', 'ctf-024', 2, 5],
    ['<!DOCTYPE a><a/>', 'ctf-008', 1, 1],
    ['', 'ctf-001', 1, 1],
  ]
  for (const [text, rule, line, column] of cases) {
    const problem = (error: unknown): boolean =>
      error instanceof CtfProblem && error.rule === rule && error.line === line && error.column === column
    assert.throws(() => readCtf(bytes(text)), problem, text)
    const source = (async function* () {
      yield bytes(text)
    })()
    await assert.rejects(async () => {
      for await (const _ of readPupils(source)) assert.fail('no pupil is in it')
    }, problem)
  }
})
