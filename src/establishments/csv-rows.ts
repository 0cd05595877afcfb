import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'

/** The encodings that lists come in. */
export type Encoding = 'utf-8' | 'windows-1252'

/** UTF-8 when every byte of the file says so, else cp1252, as GIAS publishes. Throws the system's error. */
export async function encodingOf(path: string): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>)
      decoder.decode(chunk, { stream: true })
    decoder.decode()
    return 'utf-8'
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252'
    throw error
  }
}

/** A row of a CSV file: the line it ends on and its cells, or null where a quotation mark is not closed. */
export interface CsvRow {
  line: number
  cells: string[] | null
}

/** No row of any register comes near these: what is longer is no row of one. */
const ROW_MAX_CHARACTERS = 64 * 1024
const ROW_MAX_LINES = 5

/** The rows of a CSV file of any size, one after another. A row that is broken costs itself, never those after it. */
export async function* csvRows(path: string, encoding: Encoding): AsyncGenerator<CsvRow> {
  const broken: CsvRow[] = []
  const drop = (line: number): void => void broken.push({ line, cells: null })
  const parser = Readable.from(closedRows(linesOf(path, encoding), drop)).pipe(
    parse({ info: true, trim: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true }),
  )
  for await (const { record, info } of parser as AsyncIterable<{
    record: string[]
    info: { lines: number }
  }>) {
    while (broken[0] && broken[0].line < info.lines) yield broken.shift()!
    yield { line: info.lines, cells: record }
  }
  yield* broken
}

/** The lines of a file, many at once; of a line that is too long only so much that it is seen to be. */
async function* linesOf(path: string, encoding: Encoding): AsyncGenerator<string[]> {
  const decoder = new TextDecoder(encoding)
  let rest = ''
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!.slice(0, ROW_MAX_CHARACTERS + 1)
    yield lines
  }
  yield [rest + decoder.decode()]
}

/**
 * The text again without the rows whose quotation marks do not close within a few lines: one such mark would
 * swallow the rest of the file. An empty line stands for each, so that the lines keep their numbers.
 */
async function* closedRows(
  lines: AsyncIterable<string[]>,
  drop: (line: number) => void,
): AsyncGenerator<string> {
  const open: string[] = []
  let number = 0
  const settle = (ended: boolean): string => {
    let text = ''
    while (open.length > 0) {
      const length = closedAfter(open)
      if (length === 0 && !ended && open.length < ROW_MAX_LINES) break
      if (length === 0) drop(number - open.length + 1)
      text += length === 0 ? '\n' : `${open.slice(0, length).join('\n')}\n`
      open.splice(0, Math.max(length, 1))
    }
    return text
  }
  for await (const some of lines) {
    let text = ''
    for (const line of some) {
      number++
      open.push(line)
      text += settle(false)
    }
    if (text !== '') yield text
  }
  const last = settle(true)
  if (last !== '') yield last
}

function isClosed(text: string): boolean {
  return text.length <= ROW_MAX_CHARACTERS && text.split('"').length % 2 === 1
}

/** How many of these lines make a row whose quotation marks close; 0 when none. */
function closedAfter(lines: readonly string[]): number {
  let text = ''
  for (const [index, line] of lines.entries()) {
    text += line
    if (isClosed(text)) return index + 1
  }
  return 0
}
