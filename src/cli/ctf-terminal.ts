import { Option } from 'commander'
import { findingKey, type CtfProblem } from '../ctf/index.ts'
import { LANGUAGES, wordsOf, type WordParams, type Words } from '../kit/i18n.ts'
import { EXIT_USAGE } from './operator.ts'

/** Where the commands for Common Transfer Files write and what time it is; tests give their own. */
export interface CtfSurroundings {
  print: (line: string) => void
  /** For what is no data: standard error. */
  remark: (line: string) => void
  /** Draws how far something has come over what was drawn before; null takes it away. */
  progress: (line: string | null) => void
  exit: (status: number) => void
  /** CCYY-MM-DD in England and Wales. */
  today: () => string
  /** CCYY-MM-DDThh:mm:ss in England and Wales. */
  now: () => string
}

const ZONE = { timeZone: 'Europe/London' } as const

/** The terminal. */
export const CTF_TERMINAL: CtfSurroundings = {
  print: (line) => process.stdout.write(`${line}\n`),
  remark: (line) => process.stderr.write(`${line}\n`),
  progress: (line) => {
    if (process.stderr.isTTY) process.stderr.write(line === null ? '\r\u001b[K' : `\r${line}\u001b[K`)
  },
  exit: (status) => {
    process.exitCode = status
  },
  today: () => new Date().toLocaleDateString('en-CA', ZONE),
  now: () => new Date().toLocaleString('sv-SE', ZONE).replace(' ', 'T'),
}

/** What a command and its options do, for --help, which is in English. */
export const help = (key: string, params?: WordParams): string => wordsOf('en')(`ctf.cli.${key}`, params)

/** `--lang en|cy`. */
export const langOption = (): Option =>
  new Option('--lang <language>', help('help.lang')).choices([...LANGUAGES]).default('en')

/** Says why nothing is done; exit status 2. */
export function misuse({ remark, exit }: CtfSurroundings, line: string): void {
  remark(line)
  exit(EXIT_USAGE)
}

/** A rule that is broken, in words: what is wrong, and what to do. */
export function sayRule(rule: string, params: WordParams, words: Words): { problem: string; action: string } {
  const key = findingKey(rule)
  return { problem: words(key.problem, params), action: words(key.action, params) }
}

/** Why a file cannot be read as data. */
export function sayUnread({ rule, line, column }: CtfProblem, file: string, words: Words): string {
  if (rule === 'ctf-101') return words('ctf.cli.other-root', { file, line, column })
  return words('ctf.cli.not-read', { file, line, column, ...sayRule(rule, {}, words) })
}
