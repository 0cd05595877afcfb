import { isElements, isRaw, listOf, type Elements, type Single } from '../content.ts'
import { labelOf } from '../labels.ts'
import type { ElementRow, Model } from '../model.ts'
import type { Fact, Value } from './shape.ts'
import { valueInWords } from './value.ts'
import type { Language } from './words.ts'

/** What the whole view is made with. */
export interface Making {
  language: Language
  model: Model
  /** What no section has a place for: what the model does not know, and suppliers' own information. */
  other: Fact[]
}

/** A block of the file of which a part was taken into the view; what is left is shown too. */
export interface Source {
  making: Making
  group: string
  elements: Elements
  /** From the pupil down, e.g. `Contacts/Contact[2]`; empty for the pupil. */
  path: string
  /** The same in words. */
  trail: readonly string[]
  /** Names of the elements that are not in the view yet. */
  left: Set<string>
  /** Blocks within it that were opened: several sections take from the same. */
  opened: Map<string, Source[]>
}

/** Opens a block for reading. */
export function openSource(
  making: Making,
  group: string,
  elements: Elements,
  path = '',
  trail: readonly string[] = [],
): Source {
  const left = new Set(Object.keys(elements).filter((name) => elements[name] !== undefined))
  return { making, group, elements, path, trail, left, opened: new Map() }
}

/** The row of an element in the model, where the block has one. */
export function rowOf({ making, group }: Source, name: string): ElementRow | undefined {
  return making.model.groups.get(group)?.get(name)
}

/** What an element of the block is called. */
export function labelIn({ making, group }: Source, name: string): string {
  return labelOf(group, name, making.language)
}

/** Where an element of the block stands. */
export function pathIn({ path }: Source, name: string, place = ''): string {
  return path === '' ? name + place : `${path}/${name}${place}`
}

/** Takes the values of an element out of what is left; those that are XML go to what no section has a place for. */
export function takeValues(source: Source, name: string): Value[] {
  const row = rowOf(source, name)
  return takeEach(source, name, (single, path) =>
    typeof single === 'object' ? null : valueInWords(String(single), path, row, source.making.language),
  )
}

/** Takes the blocks of an element out of what is left, in the order of the file; asked again, it gives the same. */
export function takeSources(source: Source, name: string): Source[] {
  const opened = source.opened.get(name) ?? openSources(source, name)
  source.opened.set(name, opened)
  return opened
}

function openSources(source: Source, name: string): Source[] {
  const row = rowOf(source, name)
  const content = row?.content
  if (!content || content === 'any' || !('group' in content)) return []
  const label = labelIn(source, name)
  return takeEach(source, name, (single, path) => {
    if (!isElements(single)) return null
    const number = /\[(\d+)\]$/.exec(path)?.[1]
    const trail = [...source.trail, number === undefined ? label : `${label} ${number}`]
    return openSource(source.making, content.group, single, path, trail)
  })
}

function takeEach<Taken>(
  source: Source,
  name: string,
  take: (single: Single, path: string) => Taken | null,
): Taken[] {
  const singles = source.left.has(name) ? listOf(source.elements[name]) : []
  source.left.delete(name)
  return singles.flatMap((single, index) => {
    const path = pathIn(source, name, singles.length > 1 ? `[${index + 1}]` : '')
    const taken = take(single, path)
    if (taken === null) putAside(source, name, single, path)
    return taken === null ? [] : [taken]
  })
}

/** Shows all that is left in a block under what no section has a place for. */
export function putRestAside(source: Source): void {
  for (const name of source.left) takeEach(source, name, () => null)
}

function putAside(source: Source, name: string, single: Single, path: string): void {
  putLeaves(source.making, [...source.trail, labelIn(source, name)], single, path)
}

/** Shows a value of which the model says nothing, and of a block every value in it. */
function putLeaves(making: Making, trail: readonly string[], single: Single, path: string): void {
  if (isElements(single)) {
    for (const [name, content] of Object.entries(single)) {
      const singles = listOf(content)
      singles.forEach((one, index) => {
        const place = singles.length > 1 ? `[${index + 1}]` : ''
        putLeaves(making, [...trail, name], one, `${path}/${name}${place}`)
      })
    }
    return
  }
  const text = isRaw(single) ? single.xml : String(single)
  const value = { path, raw: text, text, code: null, ...(isRaw(single) ? { fixed: true as const } : {}) }
  making.other.push({ label: trail.join(' › '), path, lines: [[value]] })
}
