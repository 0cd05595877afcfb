import { upnCheckLetter } from '../learner-numbers/rules.ts'
import { academicYearOf } from './dates.ts'
import { fileNameOf } from './file-name.ts'
import { chance } from './prng.ts'
import { samplePupil } from './sample-pupil.ts'
import { writeCtf } from './write.ts'

/** What to invent. */
export interface SampleOptions {
  /** How many pupils: 1 to 100,000; exactly 1 for XXXXXXX and MMMMMMM. */
  pupils: number
  /** The same seed gives the same file. */
  seed: number
  /** Seven characters: 6814039 a school, 681LLLL an authority. */
  source: string
  destination: string
  /** The source's name, for the header and the school history. */
  sourceName?: string | undefined
  /** CCYY-MM-DD: the file's date, and its version. */
  today: string
  serial?: string | undefined
}

/**
 * An invented full Common Transfer File with every block, which passes the check without a finding; the first
 * pupil has all blocks, the others some. Telephone numbers are of Ofcom's ranges for drama, addresses of
 * example.org.
 * @returns its canonical name and its bytes in UTF-8
 * @throws RangeError when no file can be named so, or for that many pupils
 */
export function sampleCtf(options: SampleOptions): { name: string; bytes: Uint8Array } {
  const { pupils, seed, source, destination, today, serial = '001' } = options
  const lost = destination === 'XXXXXXX' || destination === 'MMMMMMM'
  if (!Number.isInteger(pupils) || pupils < 1 || pupils > 100_000) throw new RangeError('1 to 100,000 pupils')
  if (lost && pupils > 1) throw new RangeError('a file for the Lost Pupil Database is of one pupil')
  const name = fileNameOf({ type: 'CTF', source, destination, serial })
  const year = academicYearOf(today)
  const luck = chance(seed)
  const sourceName = options.sourceName ?? `School ${source}`
  const firstNumber = luck.number(1000)
  const elements = {
    Header: {
      DocumentName: 'Common Transfer File',
      CTFversion: `${String(year).slice(2)}.0`,
      DateTime: `${today}T09:30:00`,
      DocumentQualifier: 'full',
      SupplierID: 'Common Transfer System sample',
      SourceSchool: { ...numbers(source), SchoolName: sourceName, AcademicYear: year },
      DestSchool: numbers(destination),
    },
    CTFpupilData: {
      Pupil: Array.from({ length: pupils }, (_, index) =>
        samplePupil(luck, {
          ...numbers(source),
          schoolName: sourceName,
          today,
          all: index === 0,
          upn: sampleUpn(index),
        }),
      ),
    },
  }
  return { name, bytes: new TextEncoder().encode(writeCtf(elements, year % 100)) }

  /** Number `index` of the source's: a thousand a year, from the current year back. */
  function sampleUpn(index: number): string {
    const school = /^[0-9]{7}$/.test(source) ? source : `${source.slice(0, 3)}0000`
    const issued = (year + 100 - Math.floor(index / 1000)) % 100
    const serialNumber = (firstNumber + index) % 1000
    const body = school + String(issued).padStart(2, '0') + String(serialNumber).padStart(3, '0')
    return upnCheckLetter(body) + body
  }
}

/** LEA and Estab of seven characters. */
function numbers(code: string): { LEA: string; Estab: string } {
  return { LEA: code.slice(0, 3), Estab: code.slice(3) }
}
