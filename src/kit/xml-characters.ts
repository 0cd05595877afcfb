/** Whether no document may have a character: controls (but tab and line ends), non-characters, bidirectional controls. */
export function isForbidden(code: number): boolean {
  if (code < 160) return code < 32 ? !isSpace(code) : code > 126
  return isBidi(code) || code === 0xfffe || code === 0xffff
}

/** Whether a character changes the direction in which text is shown. */
export function isBidi(code: number): boolean {
  if (code < 0x200e) return code === 0x061c
  return code <= 0x200f || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
}

/** Space, tab or a line end (XML 1.0 §2.3). */
export const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9

/** The kinds of ASCII in names: what may begin one, what may stand in one, what ends one. */
export const START = 1
export const WITHIN = 2
export const ENDS = 3

/** The kind of each ASCII character in names; 0 for one that does not belong there. */
export const NAME_KIND: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/[A-Za-z_:]/.test(character)) return START
  if (/[0-9.-]/.test(character)) return WITHIN
  return /[ \t\r\n/>=<"'&]/.test(character) ? ENDS : 0
})

// XML 1.0 §2.3 [4] and [4a] beyond ASCII.
const STARTS_NAME =
  /[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}]/u
const WITHIN_NAME = /[\u00b7\u0300-\u036f\u203f\u2040]/

/**
 * Where a name stops being one: the offset just behind its first character that does not belong there, or -1.
 * @param begins whether its first character must be one that a name begins with
 */
export function nameFault(text: string, from: number, to: number, begins: boolean): number {
  for (let at = from; at < to;) {
    const code = text.codePointAt(at)!
    const character = String.fromCodePoint(code)
    const kind = code < 128 ? NAME_KIND[code] : STARTS_NAME.test(character) ? START : 0
    const isWithin = !(begins && at === from) && (kind === WITHIN || WITHIN_NAME.test(character))
    at += character.length
    if (kind !== START && !isWithin) return at
  }
  return -1
}
