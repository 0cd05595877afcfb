import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { wholePupil } from '../../../test/whole-pupil.ts'
import type { Elements } from '../content.ts'
import { CONTENT_MODEL } from '../model-table.ts'
import { readModel } from '../model.ts'
import type { Block, Fact, PupilView, Value } from './shape.ts'
import { lineText, pupilAsText } from './terminal.ts'
import { viewPupil } from './view.ts'

const HEADER: Elements = {
  CTFversion: '26.0',
  DateTime: '2026-09-02T09:30:00',
  SourceSchool: { LEA: '681', Estab: '4039', SchoolName: 'Cardiff High School' },
}

/** Every value that a view shows. */
function* valuesOf({ title, facts, tables, blocks }: Block): Generator<Value> {
  yield* title
  yield* facts.flatMap(({ lines }) => lines.flat())
  yield* tables.flatMap(({ rows }) => rows.flat(2))
  for (const block of blocks) yield* valuesOf(block)
}

const shown = (view: PupilView): Value[] => view.sections.flatMap((section) => [...valuesOf(section)])

/** The texts of the facts of a section by their labels, those of blocks within it behind the block's title. */
function textsOf(view: PupilView, section: string): Record<string, string> {
  const texts: Record<string, string> = {}
  const add = (fact: Fact, title: string): void => {
    texts[title === '' ? fact.label : `${title}: ${fact.label}`] = fact.lines.map(lineText).join('; ')
  }
  const walk = ({ title, facts, blocks }: Block, isSection: boolean): void => {
    for (const fact of facts) add(fact, isSection ? '' : lineText(title))
    for (const block of blocks) walk(block, false)
  }
  const found = view.sections.find((one) => one.section === section)
  if (found) walk(found, true)
  return texts
}

const en = (pupil: Elements, header = HEADER): PupilView => viewPupil(pupil, header, 'en')

describe('nothing that the file has is left out', () => {
  const { pupil, leaves } = wholePupil()
  for (const language of ['en', 'cy'] as const) {
    const view = viewPupil(pupil, HEADER, language)

    test(`every value stands in the view once, as it is written (${language})`, () => {
      const found = shown(view).flatMap(({ path, raw }) => (path === null ? [] : [`${path}=${raw}`]))
      assert.deepEqual(found.sort(), leaves.map(([path, raw]) => `${path}=${raw}`).sort())
    })

    test(`every value is on the terminal (${language})`, () => {
      const text = pupilAsText(view, language).join('\n')
      const missing = shown(view).filter(
        (value) => !text.includes(value.text) || !text.includes(value.code ?? ''),
      )
      assert.deepEqual(missing, [])
    })
  }

  test('a pupil with nothing but a surname is a pupil', () => {
    const view = en({ Surname: 'Prys' })
    assert.deepEqual([view.name, view.sections.map(({ section }) => section)], ['Prys', ['identity']])
  })

  test('the header is shown, what the model does not know in it too', () => {
    const view = en({}, { ...HEADER, Sealed: { xml: '<Sealed>1</Sealed>' } })
    const facts = Object.fromEntries(view.file.map(({ label, lines }) => [label, lines.map(lineText).join()]))
    assert.equal(facts['Made on'], '2 September 2026, 9:30am')
    assert.equal(facts['Sending school: School name'], 'Cardiff High School')
    assert.equal(facts['Sealed'], '<Sealed>1</Sealed>')
  })
})

describe('an element that is added to the model as a row appears by itself', () => {
  const rows: [row: string, pupil: Elements, section: string, label: string][] = [
    ['Pupil | Nickname | ? | text 35 | | | U | CBDS |', { Nickname: 'Mabli' }, 'identity', 'Nickname'],
    [
      'BasicDetails | Faith | ? | text 35 | | | U | CBDS |',
      { BasicDetails: { Faith: 'None' } },
      'identity',
      'Faith',
    ],
    [
      'Contact | Employer | ? | text 35 | | | U | CBDS |',
      { Contacts: { Contact: [{ Surname: 'Prys', Relationship: 'PAM', Employer: 'Estyn' }] } },
      'contacts',
      'Mother (PAM): Employer',
    ],
    [
      'Pupil | Transport | ? | > Transport | | | U | CBDS |\nTransport | Bus | ? | boolean | | | U | CBDS |',
      { Transport: { Bus: 'true' } },
      'other',
      'Transport: Bus',
    ],
  ]
  for (const [row, pupil, section, label] of rows) {
    test(`in ${section}: ${label}`, () => {
      const model = readModel(`${CONTENT_MODEL}${row}\n`)
      assert.ok(textsOf(viewPupil(pupil, HEADER, 'en', model), section)[label])
      const unknown = viewPupil(pupil, HEADER, 'en')
      assert.ok(unknown.sections.length > 0, 'without the row it stands at the end')
    })
  }
})

describe('values in words, the code behind them', () => {
  const cases: [title: string, pupil: Elements, section: string, label: string, text: string][] = [
    [
      'a birth with the age at the date of the file',
      { DOB: '2015-09-03' },
      'identity',
      'Date of birth',
      '3 September 2015 (aged 10 when the file was made)',
    ],
    [
      'a birthday on the date of the file',
      { DOB: '2015-09-02' },
      'identity',
      'Date of birth',
      '2 September 2015 (aged 11 when the file was made)',
    ],
    [
      'a date that no calendar has, as it stands',
      { DOB: '2015-02-30' },
      'identity',
      'Date of birth',
      '2015-02-30',
    ],
    [
      'a birth after the file has no age',
      { DOB: '2027-01-01' },
      'identity',
      'Date of birth',
      '1 January 2027',
    ],
    ['sex', { Sex: 'F' }, 'identity', 'Sex', 'Female (F)'],
    ['a code that no set has, as it stands', { Sex: 'Q' }, 'identity', 'Sex', 'Q'],
    ['true', { LookedAfter: { InCare: 'true' } }, 'lookedAfter', 'In care', 'Yes'],
    ['0', { LookedAfter: { InCare: '0' } }, 'lookedAfter', 'In care', 'No'],
    ['neither true nor false', { LookedAfter: { InCare: 'perhaps' } }, 'lookedAfter', 'In care', 'perhaps'],
    [
      'several of one kind',
      { BasicDetails: { Disabilities: { Disability: ['HEAR', 'VIS'] } } },
      'identity',
      'Disabilities',
      'Hearing (HEAR); Vision (VIS)',
    ],
    [
      'an address as on an envelope',
      {
        Address: {
          BS7666Address: { SAON: 'Flat 2', PAON: '7', Street: 'Heol y Bont', Town: 'Caerdydd' },
          PostCode: 'CF10 1AA',
        },
      },
      'home',
      'Home address',
      'Flat 2; 7 Heol y Bont; Caerdydd; CF10 1AA',
    ],
    [
      'telephones with their kind',
      { Phones: { Phone: [{ TelephoneType: 'M', PhoneNo: '07700900123' }] } },
      'home',
      'Telephone numbers',
      'Mobile (M) 07700900123',
    ],
  ]
  for (const [title, pupil, section, label, text] of cases)
    test(title, () => assert.equal(textsOf(en(pupil), section)[label], text))

  test('in Welsh', () => {
    const view = viewPupil({ DOB: '2015-09-03', Sex: 'F', LookedAfter: { InCare: '1' } }, HEADER, 'cy')
    assert.equal(textsOf(view, 'identity')['Dyddiad geni'], '3 Medi 2015 (10 oed pan wnaed y ffeil)')
    assert.equal(textsOf(view, 'identity')['Rhyw'], 'Benyw (F)')
    assert.equal(textsOf(view, 'lookedAfter')['Mewn gofal'], 'Ie')
  })
})

/** Titles of the blocks of a section, or the first cells of its first table. */
const order = (pupil: Elements, section: string): string[] => {
  const found = en(pupil).sections.find((one) => one.section === section)!
  const [table] = found.tables
  const blocks = found.blocks[0]?.timeline ? found.blocks[0].blocks : found.blocks
  return table
    ? table.rows.map((row) => row.map(lineText).join(' '))
    : blocks.map(({ title }) => lineText(title))
}

describe('in the order in which a school reads', () => {
  const contact = (Order: string | undefined, Relationship: string): Elements => ({
    Order,
    Relationship,
    Surname: 'Prys',
  })
  const cases: [title: string, pupil: Elements, section: string, order: string[]][] = [
    [
      'contacts by their order, those without one last',
      {
        Contacts: {
          Contact: [
            contact(undefined, 'DOC'),
            contact('10', 'OTH'),
            contact('2', 'PAF'),
            contact('1', 'PAM'),
          ],
        },
      },
      'contacts',
      ['1 Mother (PAM)', '2 Father (PAF)', '10 Other contact (OTH)', 'Doctor (DOC)'],
    ],
    [
      'needs by rank',
      {
        SENhistory: {
          SENneeds: {
            SENneed: [
              { SENtypeRank: '2', SENtype: 'HI' },
              { SENtypeRank: '1', SENtype: 'ASD' },
            ],
          },
        },
      },
      'needs',
      ['1 Autistic spectrum disorder (ASD)', '2 Hearing impairment (HI)'],
    ],
    [
      'free school meals by their beginning',
      {
        FSMhistory: {
          FSMinstance: [
            { FSMstartDate: '2025-09-01' },
            { FSMstartDate: '2023-09-01', FSMendDate: '2024-07-20' },
          ],
        },
      },
      'freeMeals',
      ['1 September 2023 20 July 2024', '1 September 2025 '],
    ],
    [
      'schools from the first on',
      {
        SchoolHistory: {
          School: [
            { SchoolName: 'Second', EntryDate: '2022-09-01' },
            { SchoolName: 'First', EntryDate: '2019-09-01' },
          ],
        },
      },
      'history',
      ['First', 'Second'],
    ],
  ]
  for (const [title, pupil, section, expected] of cases)
    test(title, () => assert.deepEqual(order(pupil, section), expected))

  test('what Wales says of additional learning needs stands with the needs', () => {
    const view = en({ NAWdetails: { SpeakWelsh: '1', ALNDecisionBody: 'SCH' } })
    assert.deepEqual(
      view.sections.map(({ section }) => section),
      ['needs', 'wales'],
    )
  })
})
