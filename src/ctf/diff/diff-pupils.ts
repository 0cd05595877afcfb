import {
  elementsIn,
  isElements,
  isRaw,
  listOf,
  textIn,
  type Content,
  type CtfFile,
  type Elements,
  type Single,
} from '../content.ts'
import { CTF_MODEL, type ElementRow, type Model } from '../model.ts'
import { groupOf, pupilPlace } from '../pupil-place.ts'
import { asRead } from './as-read.ts'
import { ADDRESS_PARTS, PREMISES_PARTS, addressLine } from './address-line.ts'
import type { Change, Entry } from './change.ts'
import { matchEntries } from './match-entries.ts'

/**
 * What changed between two files' data of one pupil, in the order of the model. Values are compared as people read
 * them: spaces, the form of accented letters, and 1 for true make no difference, nor does the order of a list.
 * A section that the second file does not have at all is one change.
 * @param before the children of the older file's Pupil
 * @param after of the newer one's
 * @param root of the files
 */
export function diffPupils(
  before: Elements,
  after: Elements,
  model: Model = CTF_MODEL,
  root: CtfFile['root'] = 'CTfile',
): Change[] {
  // of two files most pupils are the same to the letter
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  return diffGroup({ model, path: [], entries: [] }, pupilPlace(root, model).pupil, before, after)
}

/** Where in the pupil a comparison is. */
interface Position {
  model: Model
  path: readonly string[]
  entries: readonly Entry[]
}

const NOTHING: Elements = {}

function diffGroup(position: Position, group: string, before: Elements, after: Elements): Change[] {
  const rows = position.model.groups.get(group)!
  const [old, now] = asOneSex(before, after, rows)
  const known = [...rows.values()].flatMap((row) => diffElement(position, row, old[row.name], now[row.name]))
  const unknown = Object.keys({ ...old, ...now }).filter((name) => !rows.has(name))
  return [
    ...known,
    ...unknown.flatMap((name) =>
      diffValues(position, { parent: group, name }, ownIn(old, name), ownIn(now, name)),
    ),
  ]
}

/** What an element of any name holds: a file may have one called constructor. */
const ownIn = (elements: Elements, name: string) =>
  Object.hasOwn(elements, name) ? elements[name] : undefined

/** Gender was followed by Sex: where each side has one of them, both are read as Sex. */
function asOneSex(
  before: Elements,
  after: Elements,
  rows: ReadonlyMap<string, ElementRow>,
): readonly [Elements, Elements] {
  const has = (side: Elements, name: string) => textIn(side, name) !== null
  const one = (side: Elements) => has(side, 'Sex') !== has(side, 'Gender')
  if (!rows.has('Sex') || !one(before) || !one(after)) return [before, after]
  const read = ({ Sex, Gender, ...others }: Elements): Elements => ({ ...others, Sex: Sex ?? Gender })
  return [read(before), read(after)]
}

function diffElement(
  position: Position,
  row: ElementRow,
  before: Content | undefined,
  after: Content | undefined,
): Change[] {
  const group = groupOf(row)
  if (group === null) return diffValues(position, row, before, after)
  const [old, now] = [listOf(before).filter(isElements), listOf(after).filter(isElements)]
  const raw = diffValues(position, row, listOf(before).filter(isRaw), listOf(after).filter(isRaw))
  if (row.max > 1) return [...diffList(position, row, group, old, now), ...raw]
  // one on each side, but for files that have it twice against the rules
  const changes = Array.from({ length: Math.max(old.length, now.length) }, (_, at) =>
    diffBlock(position, row, group, old[at] ?? NOTHING, now[at] ?? NOTHING),
  ).flat()
  const isGone = position.path.length === 0 && now.length === 0 && changes.length > 1
  return [...(isGone ? [changeOf(position, row, 'removed', old[0]!, null)] : changes), ...raw]
}

function diffBlock(
  position: Position,
  row: ElementRow,
  group: string,
  before: Elements,
  after: Elements,
): Change[] {
  if (group === 'Address') return diffAddress(position, row, before, after)
  return diffGroup({ ...position, path: [...position.path, row.name] }, group, before, after)
}

/** An address is one thing to people; what is no part of the line is compared for itself. */
function diffAddress(position: Position, row: ElementRow, before: Elements, after: Elements): Change[] {
  const within = { ...position, path: [...position.path, row.name] }
  const [was, is] = [addressLine(before), addressLine(after)]
  if (asRead(was) === asRead(is)) return diffGroup(within, 'Address', before, after)
  const kind = was === '' ? 'added' : is === '' ? 'removed' : 'changed'
  const change = changeOf(position, row, kind, was === '' ? null : before, is === '' ? null : after)
  return [change, ...diffGroup(within, 'Address', besides(before), besides(after))]
}

/** What of an address is not in its line. */
function besides(address: Elements): Elements {
  const premises = elementsIn(address, 'BS7666Address')[0] ?? NOTHING
  return { ...omit(address, ADDRESS_PARTS), BS7666Address: omit(premises, PREMISES_PARTS) }
}

const omit = (elements: Elements, names: readonly string[]): Elements =>
  Object.fromEntries(Object.entries(elements).filter(([name]) => !names.includes(name)))

function diffList(
  position: Position,
  row: ElementRow,
  group: string,
  before: readonly Elements[],
  after: readonly Elements[],
): Change[] {
  const inEntry = (content: Elements): Position => ({
    ...position,
    path: [...position.path, row.name],
    entries: [...position.entries, { group: row.parent, name: row.name, content }],
  })
  const { pairs, removed, added } = matchEntries(`${row.parent}.${row.name}`, before, after)
  const changed = pairs.flatMap((pair) => diffGroup(inEntry(pair.after), group, pair.before, pair.after))
  // a stage is only the place of assessments: each of them is told
  if (row.name === 'KeyStage') {
    const empty = ({ Stage }: Elements): Elements => ({ Stage })
    const gone = removed.flatMap((entry) => diffGroup(inEntry(entry), group, entry, empty(entry)))
    const come = added.flatMap((entry) => diffGroup(inEntry(entry), group, empty(entry), entry))
    return [...changed, ...gone, ...come]
  }
  return [
    ...changed,
    ...removed.map((entry) => changeOf(position, row, 'removed', entry, null)),
    ...added.map((entry) => ({
      ...changeOf(position, row, 'added', null, entry),
      ...followed(row, entry, [...before, ...after]),
    })),
  ]
}

/** The period of provision that stood last before another began, where it was of another kind. */
function followed(row: ElementRow, entry: Elements, all: readonly Elements[]): { follows?: Elements } {
  const start = row.name === 'SEN' ? textIn(entry, 'StartDate') : null
  if (start === null) return {}
  const earlier = all.filter((one) => (textIn(one, 'StartDate') ?? '9') < start)
  const last = earlier.toSorted((a, b) => (textIn(a, 'StartDate')! < textIn(b, 'StartDate')! ? -1 : 1)).at(-1)
  const isOther = last && textIn(last, 'SENprovision') !== textIn(entry, 'SENprovision')
  return isOther ? { follows: last } : {}
}

/** Values, each for itself; one on each side is the same thing changed. */
function diffValues(
  position: Position,
  row: Pick<ElementRow, 'parent' | 'name'> & Partial<Pick<ElementRow, 'content' | 'max'>>,
  before: Content | undefined,
  after: Content | undefined,
): Change[] {
  const keyOf = (value: Single) => comparable(value, row)
  const [old, now] = [listOf(before), listOf(after)].map((list) => list.filter((one) => keyOf(one) !== ''))
  const removed = without(old!, now!, keyOf)
  const added = without(now!, old!, keyOf)
  const isOne = row.max !== Infinity && old!.length === 1 && now!.length === 1
  if (isOne && removed.length === 1) return [changeOf(position, row, 'changed', removed[0]!, added[0]!)]
  return [
    ...removed.map((one) => changeOf(position, row, 'removed', one, null)),
    ...added.map((one) => changeOf(position, row, 'added', null, one)),
  ]
}

/** What is in a list and not in another, each as often as it is there more often. */
function without(list: readonly Single[], other: readonly Single[], keyOf: (value: Single) => string) {
  const there = new Map<string, number>()
  for (const one of other) there.set(keyOf(one), (there.get(keyOf(one)) ?? 0) + 1)
  return list.filter((one) => {
    const left = there.get(keyOf(one)) ?? 0
    there.set(keyOf(one), left - 1)
    return left <= 0
  })
}

function comparable(value: Single, { content }: Partial<Pick<ElementRow, 'content'>>): string {
  if (typeof value === 'object') return JSON.stringify(value)
  const text = asRead(String(value))
  const isBoolean = typeof content === 'object' && 'is' in content && content.is === 'boolean'
  return isBoolean ? text.replace(/^1$/, 'true').replace(/^0$/, 'false') : text
}

function changeOf(
  { path, entries }: Position,
  { parent, name }: Pick<ElementRow, 'parent' | 'name'>,
  kind: Change['kind'],
  before: Single | null,
  after: Single | null,
): Change {
  return { kind, group: parent, name, path: [...path, name], entries, before, after }
}
