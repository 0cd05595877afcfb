import { elementsIn, textIn, type CtfFile, type Elements } from './content.ts'
import { parseFileName } from './file-name.ts'
import { endsOf, renewHeader } from './header.ts'

/** The pupils of a file that go together into another. */
export interface Part {
  /** Seven characters. */
  destination: string
  pupils: readonly Elements[]
}

/** Each pupil for itself, for one destination. */
export function splitByPupil({ pupils }: Pick<CtfFile, 'pupils'>, destination: string): Part[] {
  return pupils.map((pupil) => ({ destination, pupils: [pupil] }))
}

/**
 * The pupils by where each goes, in the order in which destinations first come. A file for XXXXXXX or MMMMMMM holds
 * one pupil (guidance for local authorities §1.3), so there each stands for itself.
 * @param destinationOf seven characters, or null where nobody knows
 * @returns the parts, and the pupils without a destination by their place in the file, counted from 1
 */
export function splitByDestination(
  { pupils }: Pick<CtfFile, 'pupils'>,
  destinationOf: (pupil: Elements) => string | null,
): { parts: Part[]; without: { index: number; pupil: Elements }[] } {
  const parts = new Map<string, { destination: string; pupils: Elements[] }>()
  const without: { index: number; pupil: Elements }[] = []
  for (const [at, pupil] of pupils.entries()) {
    const destination = destinationOf(pupil)
    if (destination === null) {
      without.push({ index: at + 1, pupil })
      continue
    }
    const isLost = destination === 'XXXXXXX' || destination === 'MMMMMMM'
    const key = isLost ? `${destination} ${at}` : destination
    const part = parts.get(key)
    if (part) part.pupils.push(pupil)
    else parts.set(key, { destination, pupils: [pupil] })
  }
  return { parts: [...parts.values()], without }
}

/**
 * The school that a pupil's school history says it goes to: the last that it enters, not the sender, and that it has
 * not left; null where there is none.
 * @param source the sender's seven characters
 */
export function nextSchoolOf(pupil: Elements, source: string | null): string | null {
  const schools = elementsIn(pupil, 'SchoolHistory').flatMap((history) => elementsIn(history, 'School'))
  const entered = schools.filter((school) => textIn(school, 'EntryDate') !== null)
  const last = entered.toSorted((a, b) => (textIn(a, 'EntryDate')! < textIn(b, 'EntryDate')! ? -1 : 1)).at(-1)
  if (!last || textIn(last, 'LeavingDate') !== null) return null
  const code = `${textIn(last, 'LEA') ?? ''}${textIn(last, 'Estab') ?? ''}`
  return /^[0-9]{7}$/.test(code) && code !== source ? code : null
}

/** What a mapping says, or which line of it says nothing that can be used. */
export type ReadMap = { ok: true; destinations: ReadonlyMap<string, string> } | { ok: false; line: number }

/**
 * A mapping of pupils to destinations, `upn,destination` a line; a line in front that names its columns is passed
 * over, as are empty ones. A pupil who stands there twice must go to the same place.
 */
export function readDestinations(csv: string): ReadMap {
  const destinations = new Map<string, string>()
  for (const [at, text] of csv
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = text.replaceAll('"', '').trim().toUpperCase()
    if (line === '' || (at === 0 && /^UPN *[,;]/.test(line))) continue
    const [upn = '', destination = '', ...more] = line.split(/[,;\t]/).map((cell) => cell.trim())
    const isRead = upn !== '' && more.every((cell) => cell === '') && canReceive(destination)
    if (!isRead || (destinations.get(upn) ?? destination) !== destination) return { ok: false, line: at + 1 }
    destinations.set(upn, destination)
  }
  return { ok: true, destinations }
}

/** Whether a Common Transfer File of a school can go there. */
export function canReceive(destination: string): boolean {
  return parseFileName(`0000000_CTF_${destination}_001.XML`).ok
}

/**
 * A part as a file of its own: for its destination, of this moment. What stands beside the pupils without being
 * known may be about any of them, so it is in none of the parts.
 * @param now CCYY-MM-DDThh:mm:ss
 */
export function fileOfPart(file: CtfFile, { destination, pupils }: Part, now: string): CtfFile {
  const sameDestination = endsOf(file).destination === destination
  const header = renewHeader(file.header, sameDestination ? { now } : { now, destination })
  return { ...file, header, pupils: [...pupils], rest: {} }
}
