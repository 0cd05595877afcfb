import assert from 'node:assert/strict'
import { test } from 'node:test'
import english from '../../../locales/en.json' with { type: 'json' }
import { isElements, isRaw, listOf, type Content, type Elements, type Single } from '../content.ts'
import { CTF_MODEL, readModel } from '../model.ts'
import { CONTENT_MODEL } from '../model-table.ts'
import { readCtf } from '../read-ctf.ts'
import { sampleCtf } from '../sample.ts'
import { diffPupils } from './diff-pupils.ts'
import { sayChange } from './say-change.ts'

const ends = { source: '6814039', destination: '6804020', today: '2026-11-22' }
const samples = (count: number, seed: number) =>
  readCtf(sampleCtf({ pupils: count, seed, ...ends }).bytes).pupils

const say = (before: Elements, after: Elements) =>
  diffPupils(before, after).map((change) => sayChange(change, 'en'))

/** The same with one leaf after another replaced by `change`. */
function* withOneLeaf(elements: Elements, change: (leaf: Single) => Single): Generator<Elements> {
  for (const [name, content] of Object.entries(elements)) {
    const list = listOf(content)
    for (const [at, one] of list.entries()) {
      const put = (other: Single): Elements => ({
        ...elements,
        [name]: Array.isArray(content) ? list.with(at, other) : other,
      })
      if (isElements(one)) for (const other of withOneLeaf(one, change)) yield put(other)
      else yield put(change(one))
    }
  }
}

const other = (leaf: Single): Single => {
  if (typeof leaf === 'object') return isRaw(leaf) ? { xml: `${leaf.xml} ` } : leaf
  return leaf === 'true' ? 'false' : leaf === 'false' ? 'true' : `${leaf}9`
}

test('nothing changed between a pupil and itself, however its lists and accents are written', () => {
  for (let seed = 1; seed <= 30; seed++) {
    for (const pupil of samples(5, seed)) {
      assert.deepEqual(diffPupils(pupil, pupil), [])
      assert.deepEqual(diffPupils(pupil, turned(pupil)), [], `seed ${seed}`)
    }
  }
})

/** The same data with lists turned round, letters taken apart and booleans as digits. */
function turned(elements: Elements): Elements {
  const one = (single: Single): Single => {
    if (typeof single === 'object') return isElements(single) ? turned(single) : single
    return String(single)
      .normalize('NFD')
      .replace(/^true$/, '1')
      .replace(/^false$/, '0')
  }
  const both = (content: Content | undefined) =>
    Array.isArray(content) ? listOf(content).map(one).toReversed() : listOf(content).map(one)[0]
  return Object.fromEntries(Object.entries(elements).map(([name, content]) => [name, both(content)]))
}

test('every leaf that changes is told, and what is told can be said in both languages', () => {
  let leaves = 0
  for (const [index, pupil] of [...samples(1, 3), ...samples(6, 8)].entries()) {
    for (const after of withOneLeaf({ ...pupil, SuppInfo: { xml: '<SuppInfo/>' } }, other)) {
      leaves++
      const changes = diffPupils({ ...pupil, SuppInfo: { xml: '<SuppInfo/>' } }, after)
      assert.ok(changes.length >= 1, `pupil ${index}: ${JSON.stringify(after).slice(0, 200)}`)
      for (const change of changes) {
        assert.match(sayChange(change, 'en'), /^[\p{Lu}“0-9].*\.$/su)
        assert.match(sayChange(change, 'cy'), /^[\p{Lu}“0-9].*\.$/su)
        assert.doesNotMatch(sayChange(change, 'cy') + sayChange(change, 'en'), /\{\{|undefined|null/)
      }
    }
  }
  assert.ok(leaves > 500, `${leaves} leaves`)
})

test('a leaf that went and one that came are told, whatever else stands beside it', () => {
  const [pupil] = samples(1, 3)
  for (const without of withOneLeaf(pupil!, () => '')) {
    assert.ok(diffPupils(pupil!, without).length >= 1)
    assert.ok(diffPupils(without, pupil!).length >= 1)
  }
})

test('Gender of one file is Sex of the other', () => {
  const contact = { Surname: 'Rees', Relationship: 'PAF' }
  const old = { Gender: 'M', Contacts: { Contact: [{ ...contact, Gender: 'M' }] } }
  assert.deepEqual(say(old, { Sex: 'M', Contacts: { Contact: [{ ...contact, Sex: 'M' }] } }), [])
  assert.deepEqual(say({ Gender: 'M', Sex: 'M' }, { Gender: 'F', Sex: 'M' }), [
    'The gender changed from male to female.',
  ])
})

test('two contacts who differ in nothing that identifies them are not taken for one another by their place', () => {
  const contact = (Surname: string, Forename: string) => ({
    Surname,
    Forename,
    Relationship: 'OTH',
    Order: '1',
  })
  const before = { Contacts: { Contact: [contact('Rees', 'Ann'), contact('Puw', 'Mair')] } }
  const after = { Contacts: { Contact: [contact('Puw', 'Mair'), contact('Owen', 'Non')] } }
  assert.deepEqual(say(before, after), [
    'A contact was removed: Ann Rees, other contact.',
    'A contact was added: Non Owen, other contact.',
  ])
})

test('pupils of admissions files are compared as those of transfer files', () => {
  const before = { Surname: 'Rees', BasicDetails: { MiddleNames: 'Non', UPN: 'A1' } }
  const after = {
    Surname: 'Puw',
    BasicDetails: { MiddleNames: 'Mair', UPN: 'B2' },
    Address: { PostCode: 'CF14 2AB' },
  }
  const changes = diffPupils(before, after, CTF_MODEL, 'ATfile')
  assert.deepEqual(
    changes.map((change) => sayChange(change, 'en')),
    [
      'The surname changed from Rees to Puw.',
      'The former UPN changed from A1 to B2.',
      'The middle name changed from Non to Mair.',
      'The home address was added: CF14 2AB.',
    ],
  )
})

test('elements that are called as what every object has are elements like others', () => {
  for (const name of ['constructor', 'toString', '__proto__']) {
    const has: Elements = Object.fromEntries([[name, { xml: `<${name}/>` }]])
    assert.deepEqual(say(has, {}), [`“${name}” was removed.`])
    assert.deepEqual(say({}, has), [`“${name}” was added.`])
  }
})

test('an element that stands twice against the rules is compared twice', () => {
  const cares = (...LookedAfter: Elements[]): Elements => ({ LookedAfter })
  assert.deepEqual(
    say(cares({ InCare: 'false' }, { InCare: 'false' }), cares({ InCare: 'false' }, { InCare: 'true' })),
    ['The pupil is now looked after by a local authority.'],
  )
})

test('a value that a sentence would not hold is not repeated', () => {
  const long = 'Heol '.repeat(30)
  const lives = (County: string) => ({ Address: { PostCode: 'CF14 2AB', Country: 'Wales', County } })
  assert.deepEqual(say({ UCI: 'x' }, { UCI: long }), ['The unique candidate identifier (UCI) changed.'])
  assert.equal(say(lives('Gwent'), lives('Powys')).length, 1)
})

test('a row more in the table is compared and said by its name', () => {
  const model = readModel(
    `${CONTENT_MODEL}Pupil | Nickname | ? | text 35 | | | V | CBDS |\nPupil | Pets | ? | > Pets | | | V | CBDS |\n` +
      `Pets | Pet | * | > Pet | | | V | CBDS |\nPet | Name | 1 | text 35 | | | V | CBDS |`,
  )
  const pets = (...names: string[]) => ({ Pets: { Pet: names.map((Name) => ({ Name })) } })
  const sentences = (before: Elements, after: Elements) =>
    diffPupils(before, after, model).map((change) => sayChange(change, 'en', model))
  assert.deepEqual(sentences({ Nickname: 'Bod' }, { Nickname: 'Bo' }), ['“Nickname” changed from Bod to Bo.'])
  assert.deepEqual(sentences(pets('Mot'), pets('Mot', 'Jet')), ['“Pet” was added.'])
})

test('there are no words for elements that the model does not have', () => {
  const { the, own, entries } = english.ctf.diff
  for (const words of [the, own, entries]) {
    for (const [group, names] of Object.entries(words)) {
      for (const name of Object.keys(names))
        assert.ok(CTF_MODEL.groups.get(group)?.has(name), `${group}.${name}`)
    }
  }
})
