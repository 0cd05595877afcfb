import type { Block, PupilView } from './shape.ts'

/** What a finding must say to be placed: element names from the root down, as in `Finding`. */
interface Placed {
  path: string
}

/**
 * Puts findings beside the items that they are about. A path of a finding names elements without saying which of
 * several alike; where several in the view have it, the finding stands at the nearest thing that holds them all.
 * @returns findings by the path of a value, fact, table or block of the view; '' for the pupil as a whole
 */
export function placeFindings<Finding extends Placed>(
  view: PupilView,
  findings: readonly Finding[],
): Map<string, Finding[]> {
  const shown = new Map<string, Set<string>>()
  for (const path of pathsOf(view)) {
    const plain = withoutPlaces(path)
    shown.set(plain, (shown.get(plain) ?? new Set()).add(path))
  }
  const placed = new Map<string, Finding[]>()
  for (const finding of findings) {
    const at = placeOf(inPupil(finding.path), shown)
    placed.set(at, [...(placed.get(at) ?? []), finding])
  }
  return placed
}

/** The path below the pupil: of CTfile/CTFpupilData/Pupil/DOB, DOB. */
function inPupil(path: string): string {
  return path.split('/').slice(3).join('/')
}

const withoutPlaces = (path: string): string => path.replaceAll(/\[\d+\]/g, '')

function placeOf(path: string, shown: ReadonlyMap<string, ReadonlySet<string>>): string {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const found = shown.get(withoutPlaces(at))
    if (found?.has(at)) return at
    if (found?.size === 1) return [...found][0]!
  }
  return ''
}

/** Every path that something in the view has. */
function* pathsOf(view: PupilView): Generator<string> {
  for (const section of view.sections) yield* pathsIn(section)
}

function* pathsIn({ path, title, facts, tables, blocks }: Block): Generator<string> {
  const cells = tables.flatMap(({ rows }) => rows.flat())
  const paths = [path, ...facts.map((fact) => fact.path), ...tables.map((table) => table.path)]
  const lines = [title, ...facts.flatMap(({ lines }) => lines), ...cells]
  for (const one of [...paths, ...lines.flat().map((value) => value.path)]) if (one) yield one
  for (const block of blocks) yield* pathsIn(block)
}
