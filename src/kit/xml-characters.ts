/** What no document may have: controls but for tab and line ends, non-characters, and what changes the direction of text. */
export const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/

/** Of these, what changes the direction of text. */
export const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/

/** Space, tab or a line end (XML 1.0 §2.3). */
export const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9

/** The kind of a character that may begin a name. */
export const START = 1
/** Of one that may stand in a name, but not first. */
export const WITHIN = 2
/** Of one that ends a name. */
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
  /[\u{200c}-\u{200d}\u{c0}-\u{d6}\u{d8}-\u{f6}\u{f8}-\u{2ff}\u{370}-\u{37d}\u{37f}-\u{1fff}\u{2070}-\u{218f}\u{2c00}-\u{2fef}\u{3001}-\u{d7ff}\u{f900}-\u{fdcf}\u{fdf0}-\u{fffd}\u{10000}-\u{effff}]/u
const WITHIN_NAME = /[\u{300}-\u{36f}\u{b7}\u{203f}\u{2040}]/u

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
