/** A place in a text as an editor shows it, both counted from 1; columns in UTF-16 code units. */
export interface TextPlace {
  line: number
  column: number
}

/**
 * The places of offsets in a text, in one walk over it.
 * @param offsets ascending
 */
export function placesIn(text: string, offsets: readonly number[]): TextPlace[] {
  let line = 1
  let lineStart = 0
  let nextBreak = text.indexOf('\n')
  return offsets.map((offset) => {
    while (nextBreak >= 0 && nextBreak < offset) {
      line++
      lineStart = nextBreak + 1
      nextBreak = text.indexOf('\n', lineStart)
    }
    return { line, column: offset - lineStart + 1 }
  })
}
