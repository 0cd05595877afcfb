import { ADDRESS, changed } from './made-up-ctf.ts'

const ORDER = [
  'BasicDetails',
  'FSMhistory',
  'LookedAfter',
  'SENhistory',
  'Address',
  'Phones',
  'Contacts',
  'Attendance',
  'StageAssessments',
  'SchoolHistory',
]

const place = (block: string): number => ORDER.indexOf(/^<(\w+)/.exec(block)?.[1] ?? '')

/** The good file with more blocks in its pupil, each in its place; its address is left out where one is given. */
export function withBlocks(...blocks: string[]): string {
  const all = blocks.some((block) => block.startsWith('<Address>')) ? blocks : [...blocks, ADDRESS]
  const ordered = all.toSorted((one, other) => place(one) - place(other)).join('')
  return changed(`${ADDRESS}</Pupil>`, `${ordered}</Pupil>`)
}

/** An element around others. */
export const inside = (name: string, ...parts: string[]): string => `<${name}>${parts.join('')}</${name}>`

/** Elements with the values of an object. */
export const valuesIn = (values: Values): string =>
  Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : `<${name}>${value}</${name}>`))
    .join('')

/** Values by the names of their elements. */
export type Values = Record<string, string | number | undefined>
