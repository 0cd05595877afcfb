/** The name of an element or attribute. */
export interface XmlName {
  readonly text: string
  /** The same in UTF-8. */
  readonly bytes: Uint8Array
  /** Its place in the list of names that the scan was given; -1 for any other. */
  readonly number: number
  readonly startTag: Tag
  readonly endTag: Tag
  /** What its start tag was followed by last time, and before that: the first guesses for the next start tag. */
  next: XmlName | null
  other: XmlName | null
}

/** A tag without blanks and attributes, four bytes at a time; the last four overlap those before. */
export interface Tag {
  readonly length: number
  readonly words: readonly number[]
}

/** The names that a scan knows. Others are not kept beyond one a hash, so that no choice of names fills the memory. */
export interface XmlNames {
  readonly known: ReadonlyMap<string, XmlName>
  readonly slots: (XmlName | undefined)[]
}

const SLOTS = 1024

/** Names in the order of a list. */
export function knowNames(list: readonly string[]): XmlNames {
  const known = new Map(list.map((text, number) => [text, nameOf(text, number)]))
  return { known, slots: Array.from({ length: SLOTS }) }
}

function nameOf(text: string, number: number): XmlName {
  const [startTag, endTag] = [tagOf(`<${text}>`), tagOf(`</${text}>`)]
  return { text, bytes: new TextEncoder().encode(text), number, startTag, endTag, next: null, other: null }
}

function tagOf(tag: string): Tag {
  const bytes = Buffer.from(tag)
  const { length } = bytes
  // the only tag that has no four bytes, <A>, is left to those who look at each byte
  if (length < 4) return { length: Infinity, words: [] }
  const words: number[] = []
  for (let at = 0; at < length; at += 4) words.push(bytes.readInt32BE(Math.min(at, length - 4)))
  return { length, words }
}

/** Whether a name stands in the bytes. What is behind their end must not look like a part of a name. */
export function standsAt(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
  const { length } = name
  for (let index = 0; index < length; index++) if (bytes[at + index] !== name[index]) return false
  return true
}

/** The name that stands in the bytes, by its hash. */
export function findName(names: XmlNames, bytes: Buffer, from: number, to: number, hash: number): XmlName {
  const slot = hash & (SLOTS - 1)
  const kept = names.slots[slot]
  if (kept && kept.bytes.length === to - from && standsAt(bytes, from, kept.bytes)) return kept
  const text = bytes.toString('utf8', from, to)
  return (names.slots[slot] = names.known.get(text) ?? nameOf(text, -1))
}
