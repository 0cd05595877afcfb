import type { Words } from '../kit/i18n.ts'

/** Where a person follows what is under way, and reads what came of it. */
export interface Screen {
  /** Shows how far `name` has come: a bar on a terminal, else a line when it begins. */
  progress(verb: 'sending' | 'receiving', name: string, done: number, total: number): void
  /** Writes a line of the answer to standard output. */
  print(line: string): void
  /** Writes a line that is no answer to standard error. */
  remark(line: string): void
  /** Takes the bar away. */
  clear(): void
}

/** What a screen writes to. */
export interface Outputs {
  out: Pick<NodeJS.WriteStream, 'write'>
  err: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>
}

const REDRAW_MS = 100
const BAR = 24

/**
 * A screen in one language. The bar stands on standard error, so that standard output stays for the answers.
 * @param quiet no lines of progress where standard error is no terminal
 */
export function openScreen(
  words: Words,
  quiet: boolean,
  { out, err }: Outputs = { out: process.stdout, err: process.stderr },
): Screen {
  let drawn = ''
  let begun = ''
  let drawnAt = 0

  function clear(): void {
    if (drawn !== '') err.write('\r\u001b[K')
    drawn = ''
  }

  function draw(name: string, state: string): void {
    // one column stays free: a full last column would break the line on some terminals
    const room = Math.max(10, (err.columns || 80) - 1)
    const text = `${name}  ${state}`.slice(0, room)
    if (text === drawn) return
    err.write(`\r${text}\u001b[K`)
    drawn = text
  }

  return {
    clear,
    print(line) {
      clear()
      out.write(`${line}\n`)
    },
    remark(line) {
      clear()
      err.write(`${line}\n`)
    },
    progress(verb, name, done, total) {
      if (!err.isTTY) {
        if (quiet || done > 0 || begun === name) return
        begun = name
        err.write(`${words(`clientCommand.progress.${verb}`, { name, size: sizeOf(total) })}\n`)
        return
      }
      const now = performance.now()
      if (drawn !== '' && done < total && now - drawnAt < REDRAW_MS) return
      drawnAt = now
      const isChecked = verb === 'sending' && done === total
      draw(name, isChecked ? words('clientCommand.progress.checking') : barOf(done, total))
    },
  }
}

function barOf(done: number, total: number): string {
  const part = total === 0 ? 1 : done / total
  const full = Math.floor(part * BAR)
  const percent = String(Math.floor(part * 100)).padStart(3)
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${percent} %  ${sizeOf(done)} / ${sizeOf(total)}`
}

/** A number of bytes for a person. */
export function sizeOf(bytes: number): string {
  const kib = bytes / 1024
  return kib < 1024 ? `${kib.toFixed(1)} KiB` : `${(kib / 1024).toFixed(1)} MiB`
}

/** Text from elsewhere with nothing in it that would steer a terminal. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, ' ')
}
