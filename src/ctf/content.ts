/** What an element holds: one thing, or several of the same element. */
export type Content = Single | readonly Single[]

/** A value, the children by name, or XML as it stood. */
export type Single = string | number | boolean | Elements | RawXml

/** Children by name; the order they are given in does not matter. */
export interface Elements {
  readonly [name: string]: Content | undefined
}

/**
 * A whole element as it stood, with its tags: SuppInfo, and what the content model does not know. No element may
 * be called xml (XML 1.0 §2.3), so it is told apart from children.
 */
export interface RawXml {
  readonly xml: string
}

/** A Common Transfer File as data. */
export interface CtfFile {
  /** The root element: CTfile, or ATfile of the sister format. */
  root: 'CTfile' | 'ATfile'
  /** The CTF version, e.g. 26; null where the file names none. */
  version: number | null
  /** The children of Header. */
  header: Elements
  /** The children of each Pupil, in the order of the file. */
  pupils: Elements[]
  /** What else the file holds: unknown children of the root or of CTFpupilData. */
  rest: Elements
}

/** What an element holds as a list: none where it is absent. */
export function listOf(content: Content | undefined): readonly Single[] {
  if (content === undefined) return []
  return isList(content) ? content : [content]
}

const isList = (content: Content): content is readonly Single[] => Array.isArray(content)

/** Whether something is XML as it stood. */
export const isRaw = (single: Single): single is RawXml =>
  typeof single === 'object' && Object.hasOwn(single, 'xml')

/** Whether something is an element's children. */
export const isElements = (single: Single): single is Elements =>
  typeof single === 'object' && !Object.hasOwn(single, 'xml')

/** The value of a child, trimmed: the first that is not empty; null where there is none. */
export function textIn(elements: Elements | null, name: string): string | null {
  for (const one of listOf(elements?.[name])) {
    const text = typeof one === 'object' ? '' : String(one).trim()
    if (text !== '') return text
  }
  return null
}

/** The children of each child of a name. */
export const elementsIn = (elements: Elements | null, name: string): readonly Elements[] =>
  listOf(elements?.[name]).filter(isElements)
