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

/** Of each byte in text: 1 for one that stands for itself and says nothing else, not even a new line. */
export const ORDINARY: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 32 && byte < 127 && !'<&]'.includes(String.fromCharCode(byte)) ? 1 : 0,
)

/** Whether what follows a `<` makes no tag of it: a comment, a CDATA section or an instruction may stand within a value. */
export const isMark = (second: number): boolean => second === 33 || second === 63

/** The bytes of a character of UTF-8, by its first. */
export const lengthOf = (first: number): number =>
  first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4

/** By how much a character of UTF-8 is shorter in UTF-16 units than in bytes, by its first. */
export const shorterBy = (first: number): number => (first < 0xc0 ? 0 : first < 0xe0 ? 1 : 2)

/** What no document may have: whether such a character begins at a place in UTF-8. */
export function forbiddenAt(bytes: Uint8Array, at: number): 'control-character' | 'bidi-character' | null {
  const first = bytes[at]!
  if (first < 128) return (first < 32 && !isSpace(first)) || first === 127 ? 'control-character' : null
  if (first !== 0xc2 && first !== 0xd8 && first !== 0xe2 && first !== 0xef) return null
  const second = bytes[at + 1]!
  if (first === 0xc2) return second < 0xa0 ? 'control-character' : null
  if (first === 0xd8) return second === 0x9c ? 'bidi-character' : null
  const third = bytes[at + 2]!
  if (first === 0xef) return second === 0xbf && third >= 0xbe ? 'control-character' : null
  const direction =
    (second === 0x80 && (third === 0x8e || third === 0x8f || (third >= 0xaa && third <= 0xae))) ||
    (second === 0x81 && third >= 0xa6 && third <= 0xa9)
  return direction ? 'bidi-character' : null
}

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
