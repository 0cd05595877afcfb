import { codeSet } from './codes/code-sets.ts'

/** What is sent between schools and authorities, told apart by the file's name. */
export const FILE_KINDS = ['ctf', 'transfer', 'admissions', 'census', 'generic'] as const

/** One of FILE_KINDS. */
export type FileKind = (typeof FILE_KINDS)[number]

/** A file's name, read. */
export interface FileName {
  kind: FileKind
  /** CTF, KS2, ATF, PLA, SC1 …; of a generic file its free text. */
  type: string
  /** Seven characters: 6814039 a school, 681LLLL its authority. */
  source: string
  /** Seven characters, or XXXXXXX (not known) or MMMMMMM (left the maintained sector). */
  destination: string
  /** As written, 001 first; a generic file has none. */
  serial: string | null
  /** The one spelling of the name: upper case, with its extension. */
  canonical: string
  /** Set when the destination is no establishment, so the file is for the Lost Pupil Database. */
  lost: 'X' | 'M' | null
  /** A browser had put "(1)" before the extension; the canonical name is without it. */
  browserCopy: boolean
}

/** Why a name is refused; words under `ctf.name.<problem>.problem` and `.action`. */
export const NAME_PROBLEMS = [
  'empty',
  'too-long',
  'control',
  'not-ascii',
  'path',
  'trailing',
  'extension',
  'parts',
  'source',
  'destination',
  'type',
  'serial',
  'text',
  'route',
] as const

/** One of NAME_PROBLEMS. */
export type NameProblem = (typeof NAME_PROBLEMS)[number]

/** A name that was read, or why not and, where it is plain, the name that was meant. */
export type ParsedName =
  { ok: true; name: FileName } | { ok: false; problem: NameProblem; suggestion?: string }

/** Who can stand at either end of a transfer, by the form of the seven characters. */
const ENDS = [
  ['school', /^[0-9]{7}$/],
  ['authority', /^[0-9]{3}LLLL$/],
  ['plasc', /^[0-9]{3}PLAS$/],
  ['admissions', /^[0-9]{3}ADMS$/],
  ['supplier', /^SUP[0-9]{4}$/],
  ['not-known', /^XXXXXXX$/],
  ['left-sector', /^MMMMMMM$/],
] as const

type End = (typeof ENDS)[number][0]

interface Kind {
  kind: FileKind
  /** The types it has; null: a free text. */
  types: readonly string[] | null
  /** The form of the last part before the extension. */
  last: RegExp
  /** Who may send it, and to whom. */
  routes: Partial<Record<End, readonly End[]>>
}

const SERIAL = /^[0-9]{3}$/
const LA_ADMISSIONS: readonly End[] = ['authority', 'admissions']
const LA_CENSUS: readonly End[] = ['authority', 'plasc']
const GENERIC: readonly End[] = ['school', 'authority', 'plasc', 'admissions', 'supplier']
const NOT_SUPPLIER = GENERIC.filter((end) => end !== 'supplier')

/** One row a kind. Source: s2s guidance for local authorities, Appendix 2 and §5.5; CBDS CS030, CS065. */
const KINDS: readonly Kind[] = [
  {
    kind: 'ctf',
    types: ['CTF'],
    last: SERIAL,
    routes: {
      school: ['school', 'authority', 'not-known', 'left-sector'],
      authority: ['school', 'authority', 'not-known', 'left-sector'],
    },
  },
  {
    kind: 'transfer',
    types: [...codeSet('data-qualifier').codes.keys()],
    last: SERIAL,
    routes: { school: ['school', 'authority'] },
  },
  {
    kind: 'admissions',
    types: ['ATF', 'ADT', 'ALT', 'ASL', 'APT'],
    last: /^[0-9]{3,5}$/,
    routes: {
      school: LA_ADMISSIONS,
      authority: ['school', ...LA_ADMISSIONS],
      admissions: ['school', ...LA_ADMISSIONS],
    },
  },
  {
    kind: 'census',
    types: ['PLA', 'SC1', 'SC2', 'SC3'],
    last: SERIAL,
    routes: { school: LA_CENSUS, authority: ['school'], plasc: ['school'] },
  },
  {
    kind: 'generic',
    types: null,
    last: /^[A-Z0-9-]{1,15}$/,
    routes: {
      school: GENERIC,
      authority: GENERIC,
      plasc: GENERIC,
      admissions: GENERIC,
      supplier: NOT_SUPPLIER,
    },
  },
]

/**
 * Reads a file's name by the one grammar of names: ASCII, the whole name, letter case not significant.
 * `333LLLL_CTF1112222_NNN.XML`, as Appendix 2 prints it, and a browser's "(1)" are read too.
 */
export function parseFileName(name: string): ParsedName {
  const problem = unfit(name)
  if (problem) return withSuggestion(problem, meant(name))
  const copied = /^(.*[^ ]) ?\([0-9]{1,3}\)(\.[a-z]{3})$/i.exec(name)
  const upper = (copied ? copied[1]! + copied[2]! : name).toUpperCase()
  if (upper.endsWith('.XML')) return parseXmlName(upper.slice(0, -4), copied !== null)
  if (upper.endsWith('.ZIP')) return parseZipName(upper.slice(0, -4), copied !== null)
  return { ok: false, problem: 'extension' }
}

/** What no name may have, whatever it says. */
function unfit(name: string): NameProblem | null {
  if (name === '') return 'empty'
  if (name.length > 255) return 'too-long'
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name)) return 'control'
  if (/[^\u0020-\u007e]/.test(name)) return 'not-ascii'
  if (/[/\\:]/.test(name)) return 'path'
  return /^ |[ .]$/.test(name) ? 'trailing' : null
}

/** The name within a path or between spaces. */
const meant = (name: string) =>
  name
    .slice(0, 300)
    .replace(/^.*[/\\:]/, '')
    .trim()
    .replace(/[ .]{1,300}$/, '')

function withSuggestion(problem: NameProblem, candidate: string): ParsedName {
  const read = unfit(candidate) === null ? parseFileName(candidate) : null
  return read?.ok ? { ok: false, problem, suggestion: read.name.canonical } : { ok: false, problem }
}

function parseXmlName(stem: string, browserCopy: boolean): ParsedName {
  const parts = stem.replace(/^([^_]{7}_CTF)(?=[^_])/, '$1_').split('_')
  if (parts.length !== 4) return { ok: false, problem: 'parts' }
  const [source = '', type = '', destination = '', serial = ''] = parts
  const kind = KINDS.find((row) => row.types?.includes(type))
  if (!kind) return { ok: false, problem: 'type' }
  const problem = routeProblem(kind, source, destination)
  if (problem) return { ok: false, problem }
  if (!kind.last.test(serial)) {
    const padded = /^[0-9]{1,2}$/.test(serial) ? serial.padStart(3, '0') : ''
    return withSuggestion(
      'serial',
      kind.last.test(padded) ? `${source}_${type}_${destination}_${padded}.XML` : '',
    )
  }
  const canonical = `${source}_${type}_${destination}_${serial}.XML`
  const lost = destination === 'XXXXXXX' ? 'X' : destination === 'MMMMMMM' ? 'M' : null
  return {
    ok: true,
    name: { kind: kind.kind, type, source, destination, serial, canonical, lost, browserCopy },
  }
}

function parseZipName(stem: string, browserCopy: boolean): ParsedName {
  const kind = KINDS.find((row) => row.types === null)!
  const parts = stem.split('_')
  if (parts.length !== 3) return { ok: false, problem: 'parts' }
  const [source = '', destination = '', type = ''] = parts
  const problem = routeProblem(kind, source, destination) ?? (kind.last.test(type) ? null : 'text')
  if (problem) return { ok: false, problem }
  const canonical = `${source}_${destination}_${type}.ZIP`
  return {
    ok: true,
    name: { kind: kind.kind, type, source, destination, serial: null, canonical, lost: null, browserCopy },
  }
}

function routeProblem(kind: Kind, source: string, destination: string): NameProblem | null {
  const from = endOf(source)
  const to = endOf(destination)
  if (!from || from === 'not-known' || from === 'left-sector') return 'source'
  if (!to) return 'destination'
  return kind.routes[from]?.includes(to) ? null : 'route'
}

function endOf(code: string): End | null {
  return ENDS.find(([, form]) => form.test(code))?.[0] ?? null
}

/**
 * The canonical name of a file.
 * @param parts `type` as in FileName (a generic file's free text, with `serial` null)
 * @throws RangeError when no valid name has these parts
 */
export function fileNameOf(parts: Pick<FileName, 'type' | 'source' | 'destination' | 'serial'>): string {
  const { type, source, destination, serial } = parts
  const name =
    serial === null
      ? `${source}_${destination}_${type}.ZIP`
      : `${source}_${type}_${destination}_${serial}.XML`
  const read = parseFileName(name)
  if (!read.ok) throw new RangeError(`no file can be named so: ${read.problem}`)
  return read.name.canonical
}

/** The serial number after `last`: 001 at first and again after 999. */
export function nextSerial(last: string | null): string {
  return String((Number(last ?? 0) % 999) + 1).padStart(3, '0')
}
