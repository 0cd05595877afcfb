import { upnCheckLetter } from '../learner-numbers/rules.ts'
import type { Elements } from './content.ts'
import { academicYearOf } from './dates.ts'
import { fileNameOf } from './file-name.ts'
import { chance } from './prng.ts'
import { inventFamily } from './sample-family.ts'
import type { SampleFrame, SampleKind } from './sample-frame.ts'
import { inventChild, samplePupil } from './sample-pupil.ts'
import { writeFrame, writePupil } from './write.ts'

export { SAMPLE_KINDS, type SampleKind } from './sample-frame.ts'

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
  /** CCYY-MM-DD: the file's date, and its version where none is asked for. */
  today: string
  serial?: string | undefined
  /** CTF for a full file, ATF, or a partial's qualifier; CTF where none is given. CMJ and CML exist since CTF 17. */
  kind?: SampleKind | undefined
  /** The CTF version, 12 to 99; that of the academic year of `today` where none is given. */
  version?: number | undefined
}

/** A file that was invented, whole. */
export interface Sample extends Omit<SampleText, 'pieces'> {
  /** In UTF-8. */
  bytes: Uint8Array
}

/** A file that is being invented. */
export interface SampleText {
  /** Its canonical name. */
  name: string
  /** Its text, a piece at a time, once; so that one of any size can be written. */
  pieces: Iterable<string>
  /**
   * The day on which it was made, CCYY-MM-DD: `today`, but in the academic year of a version that is neither that
   * of `today` nor the one before. Checked on that day it has no finding.
   */
  today: string
}

/**
 * Between whom a kind of file usually goes: a request for ULNs back to the school itself, joiners and leavers to its
 * authority, offers from an authority to a school, all others between two schools of Wales.
 */
export function usualEnds(
  kind: SampleKind,
  source = kind === 'ATF' ? '681LLLL' : '6814039',
): { source: string; destination: string } {
  if (kind === 'ULN') return { source, destination: source }
  if (kind === 'CMJ' || kind === 'CML') return { source, destination: `${source.slice(0, 3)}LLLL` }
  return { source, destination: kind === 'ATF' ? '6814039' : '6804020' }
}

/**
 * An invented transfer file which passes the check without a finding between its usual ends. The first pupil of a full file has every
 * block, the others some; siblings share home and contacts. Telephone numbers are of Ofcom's ranges for drama,
 * addresses of example.org and example.com, the schools of earlier years are none.
 * @throws RangeError when no file can be named so, or for that many pupils, that version, or that kind in it
 */
export function sampleCtf(options: SampleOptions): Sample {
  const { name, today, pieces } = openSample(options)
  const encoder = new TextEncoder()
  const encoded = Array.from(pieces, (piece) => encoder.encode(piece))
  const bytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of encoded) {
    bytes.set(piece, at)
    at += piece.length
  }
  return { name, today, bytes }
}

/** The same a piece at a time, for files that do not fit into memory. Throws as `sampleCtf` does, before the first piece. */
export function openSample(options: SampleOptions): SampleText {
  const { pupils, source, destination, serial = '001', kind = 'CTF' } = options
  const lost = destination === 'XXXXXXX' || destination === 'MMMMMMM'
  if (!Number.isInteger(pupils) || pupils < 1 || pupils > 100_000) throw new RangeError('1 to 100,000 pupils')
  if (lost && pupils > 1) throw new RangeError('a file for the Lost Pupil Database is of one pupil')
  const name = fileNameOf({ type: kind, source, destination, serial })
  const frame = frameOf(options)
  return { name, today: frame.today, pieces: write(frame, options) }
}

function* write(frame: SampleFrame, options: SampleOptions): Generator<string> {
  const { kind, version } = frame
  const root = kind === 'ATF' ? 'ATfile' : 'CTfile'
  const header = headerOf(frame, options)
  const [before, behind] = writeFrame({ root, version, header, rest: {} }, { version })
  yield before
  for (const pupil of inventPupils(frame, options)) yield writePupil(root, pupil, { version })
  yield behind
}

/** The first version that samples of a kind are made in: files of joiners and leavers came with CTF 17. */
export function kindSince(kind: SampleKind): number {
  return kind === 'CMJ' || kind === 'CML' ? 17 : 12
}

function frameOf({ seed, source, sourceName, today, kind = 'CTF', version }: SampleOptions): SampleFrame {
  const year = academicYearOf(today)
  const own = 2000 + (version ?? year % 100)
  if (!Number.isInteger(own) || own < 2012 || own > 2099) throw new RangeError('CTF versions 12 to 99')
  if (own % 100 < kindSince(kind)) throw new RangeError(`CTF ${own % 100} has no files of kind ${kind}`)
  const day = own === year || own === year - 1 ? today : onThatDay(today, own)
  return {
    luck: chance(seed),
    kind,
    version: own % 100,
    today: day,
    year: academicYearOf(day),
    locale: source >= '660' && source < '682' ? 'WAL' : 'ENG',
    source: { ...numbers(source), SchoolName: sourceName ?? `School ${source}` },
    terms: new Map(),
  }
}

/** The day in the academic year that began in another year; 28 February for the 29th. */
function onThatDay(today: string, year: number): string {
  const day = today.slice(4) === '-02-29' ? '-02-28' : today.slice(4)
  return `${day >= '-09' ? year : year + 1}${day}`
}

function headerOf(frame: SampleFrame, { pupils, destination }: SampleOptions): Elements {
  const { kind, today, year, source } = frame
  const isPartial = kind !== 'CTF' && kind !== 'ATF'
  return {
    DocumentName: kind === 'ATF' ? 'Admissions Data Transfer File' : 'Common Transfer File',
    DateTime: `${today}T09:30:00`,
    DocumentQualifier: isPartial ? 'partial' : 'full',
    DataQualifier: isPartial ? kind : undefined,
    DataDescriptor: isPartial ? `${kind}, ${pupils} invented` : undefined,
    SupplierID: 'Common Transfer System sample',
    SourceSchool: { ...source, AcademicYear: year },
    DestSchool: numbers(destination),
  }
}

/** Families one after another, with one child or two or three. */
function* inventPupils(frame: SampleFrame, { pupils, source }: SampleOptions): Generator<Elements> {
  const { luck, kind } = frame
  const firstNumber = luck.number(1000)
  let family = inventFamily(frame, kind === 'CTF' ? 'foster' : undefined)
  for (let index = 0; index < pupils; index++) {
    if (index > 0 && !luck.once(4)) family = inventFamily(frame)
    const upn = sampleUpn(source, frame.year, firstNumber, index)
    const all = index === 0 && (kind === 'CTF' || kind === 'ATF')
    yield samplePupil(inventChild(frame, family, upn, all), frame)
  }
}

/** Number `index` of the source's: a thousand a year, from the file's year back. */
function sampleUpn(source: string, year: number, first: number, index: number): string {
  const school = /^[0-9]{7}$/.test(source) ? source : `${source.slice(0, 3)}0000`
  const issued = String((year + 100 - Math.floor(index / 1000)) % 100).padStart(2, '0')
  const body = school + issued + String((first + index) % 1000).padStart(3, '0')
  return upnCheckLetter(body) + body
}

/** LEA and Estab of seven characters. */
const numbers = (code: string): { LEA: string; Estab: string } => ({
  LEA: code.slice(0, 3),
  Estab: code.slice(3),
})
