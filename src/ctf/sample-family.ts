import type { Elements } from './content.ts'
import type { Child, Family, FamilyKind, Home, SampleFrame } from './sample-frame.ts'
import { HERITAGES, PLACES, STREETS } from './sample-words.ts'

const KINDS: readonly FamilyKind[] = [
  'together',
  'together',
  'together',
  'apart',
  'apart',
  'two mothers',
  'step',
  'one',
  'grandparents',
  'foster',
]

/** A family of the source's neighbourhood. */
export function inventFamily(frame: SampleFrame, kind?: FamilyKind): Family {
  const { luck, locale } = frame
  const heritage = luck.pick(HERITAGES[locale])
  return {
    kind: kind ?? luck.pick(KINDS),
    heritage,
    surname: luck.pick(heritage.surnames),
    home: inventHome(frame),
    line: luck.number(990),
    inForces: luck.once(9),
  }
}

/** Letters that stand at the end of postcodes and of candidate identifiers. */
export const END_LETTERS = ['A', 'B', 'D', 'E', 'F', 'G', 'H', 'J', 'L', 'N', 'P']

function inventHome({ luck, locale }: SampleFrame): Home {
  const { town, area, outward } = luck.pick(PLACES[locale])
  return {
    flat: luck.once(6) ? 1 + luck.number(20) : null,
    number: 1 + luck.number(200),
    street: luck.pick(STREETS),
    town,
    area,
    postcode: `${outward} ${luck.number(10)}${luck.pick(END_LETTERS)}${luck.pick(END_LETTERS)}`,
    inLines: luck.once(6),
  }
}

/** The home address of a child: by BS7666, or as lines where the school's system keeps it so. */
export function addressOf({ family, all }: Child, { kind, year }: SampleFrame): Elements {
  const { home } = family
  const inLines = home.inLines && kind !== 'ULN' && !all
  const place = { UniquePropertyReferenceNumber: 100_000_000 + family.line }
  return {
    ...(inLines ? linesOf(home) : { BS7666Address: { ...partsOf(home), ...(all ? place : {}) } }),
    County: all ? home.area : undefined,
    PostCode: home.postcode,
    Country: all ? 'United Kingdom' : undefined,
    Easting: all ? '318000.5' : undefined,
    Northing: all ? '176000.5' : undefined,
    AddressStartDate: all ? `${year - 2}-05-04` : undefined,
  }
}

function partsOf({ flat, number, street, town, area }: Home): Elements {
  return {
    SAON: flat === null ? undefined : `Flat ${flat}`,
    PAON: String(number),
    Street: street,
    Town: town,
    AdministrativeArea: area,
    PostTown: town,
  }
}

function linesOf({ flat, number, street, town, area }: Home): Elements {
  const lines = [...(flat === null ? [] : [`Flat ${flat}`]), `${number} ${street}`, town, area]
  return {
    AddressLines: Object.fromEntries(lines.map((line, index) => [`AddressLine${index + 1}`, line])),
  }
}

/** The number of a family's house, of the range that Ofcom keeps for drama, as all numbers of samples are. */
export function homePhone({ line }: Family): Elements {
  return { TelephoneType: 'H', PhoneNo: `02920180${three(line)}` }
}

const three = (number: number) => String(number).padStart(3, '0')

/** A contact before it is written: who it is to the child, and where they live. */
interface Person {
  title: string
  sex: 'M' | 'F'
  surname: string
  relationship: string
  responsibility: boolean
  lives: 'here' | 'elsewhere' | 'at work'
}

/** The contacts of a child, in the order in which to call; for a child in care its foster carer, social worker and mother. */
export function contactsOf(child: Child, frame: SampleFrame): Elements[] {
  return peopleOf(child, frame).map((person, index) => contactOf(person, index, child.family, frame))
}

function peopleOf({ family }: Child, { luck }: SampleFrame): Person[] {
  const { surname } = family
  const birthName = luck.pick(family.heritage.surnames)
  const mother = parent('Mrs', 'F', 'PAM', surname)
  const father = parent('Mr', 'M', 'PAF', surname)
  switch (family.kind) {
    case 'together':
      return [mother, father]
    case 'apart':
      return [
        { ...mother, title: 'Ms', surname: birthName },
        { ...father, lives: 'elsewhere' },
      ]
    case 'two mothers':
      return [mother, { ...mother, title: 'Dr', surname: birthName }]
    case 'step':
      return [
        mother,
        { ...father, relationship: 'STF', responsibility: false },
        { ...father, lives: 'elsewhere' },
      ]
    case 'one':
      return [mother, { ...mother, relationship: 'FAM', responsibility: false, lives: 'elsewhere' }]
    case 'grandparents':
      return [
        { ...mother, relationship: 'REL' },
        { ...father, relationship: 'CAR', surname: birthName },
      ]
    case 'foster':
      return [
        { ...mother, relationship: 'FOM', surname: 'Pryderi-Jones', responsibility: false },
        {
          ...parent('Miss', 'F', 'SWR', 'Achterberg'),
          responsibility: false,
          lives: 'at work',
        },
        { ...mother, lives: 'elsewhere' },
      ]
  }
}

const parent = (title: string, sex: 'M' | 'F', relationship: string, surname: string): Person => ({
  title,
  sex,
  relationship,
  surname,
  responsibility: true,
  lives: 'here',
})

function contactOf(person: Person, index: number, { heritage, line }: Family, frame: SampleFrame): Elements {
  const { luck } = frame
  const names = person.sex === 'F' ? heritage.girls : heritage.boys
  const forename = luck.pick(names)
  const elsewhere = person.lives === 'elsewhere' ? inventHome(frame) : null
  const isAtWork = person.lives === 'at work'
  const mobile = { TelephoneType: 'M', PhoneNo: `07700900${three(line + index)}` }
  const work = { TelephoneType: 'W', PhoneNo: `01632960${three(line + index)}` }
  return {
    Order: index + 1,
    Title: person.title,
    Surname: person.surname,
    Forename: forename,
    MiddleNames: luck.once(8) ? luck.pick(names.filter((name) => name !== forename)) : undefined,
    Gender: person.sex,
    Relationship: person.relationship,
    Responsibility: person.responsibility,
    Address: elsewhere
      ? { BS7666Address: partsOf(elsewhere), PostCode: elsewhere.postcode }
      : isAtWork
        ? undefined
        : { AddressAsPupil: true },
    Phones: { Phone: isAtWork ? [work] : luck.once(3) ? [mobile, work] : [mobile] },
    Email: luck.once(2) ? `contact${line}.${index + 1}@example.com` : undefined,
  }
}
