import { listOf, textIn, type CtfFile, type Elements, type Single } from './content.ts'
import { endsOf, renewHeader } from './header.ts'

/** Why files cannot be merged into one. */
export type MergeProblem =
  /** Another sender, receiver, kind or version of file than the first has. */
  | 'source'
  | 'destination'
  | 'kind'
  | 'version'
  /** A file for XXXXXXX or MMMMMMM holds one pupil (guidance for local authorities §1.3). */
  | 'lost'
  /** The same UPN twice. */
  | 'twice'

/** The merged file; or why there is none: the place among those given of the file that does not fit, and a UPN where it is about one. */
export type Merged =
  { ok: true; file: CtfFile } | { ok: false; problem: MergeProblem; index: number; upn?: string }

/** How to merge. */
export interface MergeOptions {
  /** When it is made: CCYY-MM-DDThh:mm:ss. */
  now: string
  /** Of a pupil who is in several files, keep the data of the file with the latest DateTime. */
  latest?: boolean | undefined
}

/**
 * One file of several with the same source, destination, kind and version: the header of the newest, of this moment;
 * the pupils in the order of the files.
 * @param files one at least
 */
export function mergeFiles(
  files: readonly [CtfFile, ...CtfFile[]],
  { now, latest = false }: MergeOptions,
): Merged {
  for (const [index, file] of files.entries()) {
    const problem = differenceFrom(files[0], file)
    if (problem) return { ok: false, problem, index }
  }
  const isLost = /^(X{7}|M{7})$/.test(endsOf(files[0]).destination ?? '')
  if (isLost && files.length > 1) return { ok: false, problem: 'lost', index: 1 }
  const merged = mergePupils(files, latest)
  if (!merged.ok) return merged
  const newest = files.reduce((newest, file) => (momentOf(file) > momentOf(newest) ? file : newest))
  const header = renewHeader(newest.header, { now })
  return { ok: true, file: { ...files[0], header, pupils: merged.pupils, rest: mergeRest(files) } }
}

function differenceFrom(first: CtfFile, file: CtfFile): MergeProblem | null {
  const [one, other] = [endsOf(first), endsOf(file)]
  if (other.source !== one.source) return 'source'
  if (other.destination !== one.destination) return 'destination'
  if (file.root !== first.root || other.type !== one.type || qualifierOf(file) !== qualifierOf(first))
    return 'kind'
  return file.version === first.version ? null : 'version'
}

const qualifierOf = ({ header }: CtfFile) => textIn(header, 'DocumentQualifier')?.toLowerCase()

const momentOf = ({ header }: CtfFile): string => textIn(header, 'DateTime') ?? ''

function mergePupils(
  files: readonly CtfFile[],
  latest: boolean,
): Extract<Merged, { ok: false }> | { ok: true; pupils: Elements[] } {
  const pupils: Elements[] = []
  const placed = new Map<string, { at: number; moment: string }>()
  for (const [index, file] of files.entries()) {
    const moment = momentOf(file)
    for (const pupil of file.pupils) {
      const upn = textIn(pupil, 'UPN')
      const before = upn === null ? undefined : placed.get(upn)
      if (before && upn !== null) {
        if (!latest || before.moment === moment) return { ok: false, problem: 'twice', index, upn }
        if (before.moment > moment) continue
      }
      const at = before?.at ?? pupils.length
      pupils[at] = pupil
      if (upn !== null) placed.set(upn, { at, moment })
    }
  }
  return { ok: true, pupils }
}

function mergeRest(files: readonly CtfFile[]): Elements {
  const rest = new Map<string, readonly Single[]>()
  for (const file of files) {
    for (const [name, content] of Object.entries(file.rest))
      rest.set(name, [...(rest.get(name) ?? []), ...listOf(content)])
  }
  return Object.fromEntries(rest)
}
