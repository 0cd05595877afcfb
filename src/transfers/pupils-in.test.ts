import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CARDIFF_HIGH, ctf, JOHN_FROST } from '../../test/api.ts'
import { pupilsIn } from './pupils-in.ts'

const { bytes } = ctf(CARDIFF_HIGH, JOHN_FROST, { pupils: 5 })
const text = Buffer.from(bytes).toString()
const upns = [...text.matchAll(/<UPN>([^<]+)/g)].map(([, upn]) => upn)

const read = async (file: string | Uint8Array, from: number, most: number): Promise<unknown[]> =>
  (await pupilsIn(Buffer.from(file), { from, most })).map(({ index, pupil }) => [index, pupil['UPN']])

describe('of the pupils of a file are read', () => {
  const all = upns.map((upn, index) => [index + 1, upn])
  const cases: [title: string, file: string, from: number, most: number, expected: unknown[]][] = [
    ['all', text, 1, 50, all],
    ['the first', text, 1, 1, all.slice(0, 1)],
    ['some in the middle', text, 2, 3, all.slice(1, 4)],
    ['the last', text, 5, 1, all.slice(4)],
    ['none behind the last', text, 6, 1, []],
    [
      'those before the place where the file breaks off',
      text.slice(0, text.lastIndexOf('<Pupil>') + 50),
      1,
      50,
      all.slice(0, 4),
    ],
    ['none of what is no CTF', '<a/>', 1, 50, []],
    ['none of what is no XML', 'hello', 1, 50, []],
    ['none of nothing', '', 1, 50, []],
  ]
  for (const [title, file, from, most, expected] of cases)
    it(title, async () => assert.deepEqual(await read(file, from, most), expected))
})

it('others get their turn while a large file is read', async () => {
  const large = ctf(CARDIFF_HIGH, JOHN_FROST, { pupils: 400 })
  let turns = 0
  const timer = setInterval(() => (turns += 1), 0)
  const [last] = await pupilsIn(large.bytes, { from: 400, most: 1 })
  clearInterval(timer)
  assert.equal(last?.index, 400)
  assert.ok(turns >= 5, `${turns} turns in ${large.bytes.length} bytes`)
})

describe('of a pupil with more than a page can show is said who it is', () => {
  const many = '<Type><LanguageType>H</LanguageType><Language>ENG</Language></Type>'.repeat(3000)
  const long = `<SuppInfo>${`<Note>${'x'.repeat(30_000)}</Note>`.repeat(20)}</SuppInfo>`
  for (const [title, more] of [
    ['too many values', `<BasicDetails><Languages>${many}</Languages></BasicDetails>`],
    ['too long a text', long],
  ] as const)
    it(title, async () => {
      const pupil = `<Pupil><UPN>A123456789012</UPN><Surname>Prys</Surname><Sex>F</Sex>${more}</Pupil>`
      const file = `<CTfile><Header/><CTFpupilData>${pupil}<Pupil><Surname>Rees</Surname></Pupil></CTFpupilData></CTfile>`
      const [first, second] = await pupilsIn(Buffer.from(file), { from: 1, most: 2 })
      assert.equal(first!.isCut, true)
      assert.deepEqual(
        Object.keys(first!.pupil).filter((name) => first!.pupil[name]),
        ['UPN', 'Surname'],
      )
      assert.deepEqual([second!.isCut, second!.pupil['Surname']], [false, 'Rees'])
    })
})
