import { FORBIDDEN } from './characters.ts'

/** The five entities that need no declaration (XML 1.0 §4.6). */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

const LONGEST = 43
const REFERENCE = /^&([#A-Za-z_][\w.:-]{0,40});/

/**
 * Where the reference that begins at an `&` ends, or what is wrong with it.
 * @param text a character for each byte; null is given when it may go on behind the text's end
 */
export function endOfReference(
  text: string,
  at: number,
): number | 'ampersand' | 'entity' | 'character-reference' | null {
  const piece = text.slice(at, at + LONGEST)
  const body = REFERENCE.exec(piece)?.[1]
  if (body === undefined) return piece.length < LONGEST && /^&[\w.:#-]*$/.test(piece) ? null : 'ampersand'
  if (body[0] === '#') return isAllowed(body) ? at + body.length + 2 : 'character-reference'
  return ENTITIES.has(body) ? at + body.length + 2 : 'entity'
}

function isAllowed(body: string): boolean {
  const digits = /^#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,10}))$/.exec(body)
  if (!digits) return false
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16)
  const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return isCharacter && !FORBIDDEN.test(String.fromCodePoint(code))
}

/** A text with its references resolved. */
export function resolveReferences(text: string): string {
  return text.replace(
    /&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([a-z]+));/g,
    (_, hex?: string, decimal?: string, name?: string) =>
      name ? ENTITIES.get(name)! : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  )
}
