import { isSpace } from './xml-characters.ts'

/** What a token is, where it is not the beginning of an element: those have the number of their name, 0 and on. */
export const TOKEN = { close: -1, text: -2, textWithReferences: -3, cdata: -4, other: -5 } as const

/**
 * The tokens of a document, in order and without gaps: each ends where the next begins. A tag that opens and
 * closes an element is two, the second without length; comments, instructions and what stands outside the
 * root are `other`.
 */
export interface XmlTokens {
  readonly text: string
  /** Two numbers a token: its offset in the text and what it is; one token more stands behind the last. */
  readonly marks: Int32Array
  readonly count: number
  /** The names of elements and attributes, by number; a name may have several. */
  readonly names: readonly string[]
  /** Whether carriage returns are in the text. */
  readonly returns: boolean
}

/** What a text or CDATA token says: line ends as XML has them, references resolved. */
export function textOf({ text, marks, returns }: XmlTokens, token: number): string {
  const kind = marks[token * 2 + 1]!
  const [from, to] = [marks[token * 2]!, marks[token * 2 + 2]!]
  const raw = kind === TOKEN.cdata ? text.slice(from + 9, to - 3) : text.slice(from, to)
  const lines = returns ? raw.replace(/\r\n?/g, '\n') : raw
  return kind === TOKEN.textWithReferences ? resolved(lines) : lines
}

/** Whether a text or CDATA token says nothing but blanks. */
export function isBlank(tokens: XmlTokens, token: number): boolean {
  const { text, marks } = tokens
  const end = marks[token * 2 + 2]!
  let at = marks[token * 2]!
  while (at < end && isSpace(text.charCodeAt(at))) at++
  return at === end || textOf(tokens, token).trim() === ''
}

/** The name of the root; null when the text is not well formed up to there. */
export function rootOf({ marks, count, names }: XmlTokens): string | null {
  for (let token = 0; token < count; token++) {
    const kind = marks[token * 2 + 1]!
    if (kind >= 0) return names[kind]!
  }
  return null
}

/** The five entities that need no declaration (XML 1.0 §4.6). */
export const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

function resolved(text: string): string {
  return text.replace(
    /&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([a-z]+));/g,
    (_, hex?: string, decimal?: string, name?: string) =>
      name ? ENTITIES.get(name)! : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  )
}

/** Tokens while they are written. */
export interface TokenDraft {
  marks: Int32Array
  count: number
  readonly names: string[]
  /** For a name's hash, 1 more than the number of the last name that had it. */
  readonly recent: Int32Array
}

/** No token yet, with room for as many as a text of that length usually has. */
export function draftTokens(length: number): TokenDraft {
  return { marks: new Int32Array((length >> 2) + 64), count: 0, names: [], recent: new Int32Array(512) }
}

/** Puts a token behind the others. */
export function putToken(draft: TokenDraft, at: number, kind: number): void {
  const index = draft.count * 2
  if (index + 4 > draft.marks.length) {
    const larger = new Int32Array(draft.marks.length * 2)
    larger.set(draft.marks)
    draft.marks = larger
  }
  draft.marks[index] = at
  draft.marks[index + 1] = kind
  draft.count++
}

/** The number of a name that stands in the text; one kept name a hash, so that no choice of names makes it slow. */
export function numberOfName(
  draft: TokenDraft,
  text: string,
  from: number,
  to: number,
  hash: number,
): number {
  const slot = hash & 511
  const known = draft.recent[slot]! - 1
  if (known >= 0 && draft.names[known]!.length === to - from && text.startsWith(draft.names[known]!, from))
    return known
  draft.recent[slot] = draft.names.push(text.slice(from, to))
  return draft.names.length - 1
}
