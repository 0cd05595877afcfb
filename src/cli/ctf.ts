import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Command, Option } from 'commander'
import {
  fileNameOf,
  findingKey,
  nextSerial,
  parseFileName,
  readCtf,
  sampleCtf,
  type CtfReading,
  type FileName,
  type Finding,
} from '../ctf/index.ts'
import { LANGUAGES, wordsOf, type Language, type Words } from '../kit/i18n.ts'
import { EXIT_USAGE } from './operator.ts'

/** Where these commands write and what day it is; tests give their own. */
interface Surroundings {
  print: (line: string) => void
  /** For what is no data: standard error. */
  remark: (line: string) => void
  exit: (status: number) => void
  /** CCYY-MM-DD in England and Wales. */
  today: () => string
}

const TERMINAL: Surroundings = {
  print: (line) => process.stdout.write(`${line}\n`),
  remark: (line) => process.stderr.write(`${line}\n`),
  exit: (status) => {
    process.exitCode = status
  },
  today: () => new Date().toLocaleDateString('en-CA', { timeZone: 'Europe/London' }),
}

const help = (key: string) => wordsOf('en')(`ctf.cli.help.${key}`)

/** `cts ctf`: works on Common Transfer Files without the service. */
export function ctfCommand(surroundings: Surroundings = TERMINAL): Command {
  return new Command('ctf')
    .description(help('ctf'))
    .addCommand(checkCommand(surroundings))
    .addCommand(sampleCommand(surroundings))
}

/** `cts ctf check FILE…`: exit 0 when no file has an error, 1 when one has, 2 when one cannot be opened. */
function checkCommand(surroundings: Surroundings): Command {
  return new Command('check')
    .description(help('check'))
    .argument('<file...>')
    .option('--json', help('json'))
    .addOption(new Option('--lang <language>', help('lang')).choices([...LANGUAGES]).default('en'))
    .action((files: string[], { json, lang }: { json?: true; lang: Language }) => {
      const { print, exit } = surroundings
      const words = wordsOf(lang)
      const checked = files.map((file) => checkFile(file, words, surroundings)).filter((one) => one !== null)
      if (json) print(JSON.stringify(checked.map((one) => asJson(one, words))))
      else for (const one of checked) for (const line of asLines(one, words)) print(line)
      if (checked.length < files.length) exit(EXIT_USAGE)
      else exit(checked.some(({ reading }) => reading.errors > 0) ? 1 : 0)
    })
}

interface Checked {
  file: string
  reading: CtfReading
}

/** A file read and checked, against its name where that is one; null when it cannot be. */
function checkFile(file: string, words: Words, { remark, today }: Surroundings): Checked | null {
  const name = nameOf(file, words, remark)
  if (name?.kind === 'generic') {
    remark(words('ctf.cli.zip', { file }))
    return null
  }
  try {
    // a file on one's own disk may be of any size; what makes it hostile stays capped
    const limits = { elements: Infinity, allAttributes: Infinity }
    return { file, reading: readCtf(readFileSync(file), { name, today: today(), limits }) }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    remark(words('ctf.cli.cannot-open', { file }))
    return null
  }
}

function nameOf(file: string, words: Words, remark: (line: string) => void): FileName | undefined {
  const parsed = parseFileName(basename(file))
  if (!parsed.ok) {
    const problem = words(`ctf.name.${parsed.problem}.problem`)
    remark(words('ctf.cli.by-content', { file, problem }))
    return undefined
  }
  const { browserCopy, canonical } = parsed.name
  if (browserCopy) remark(words('ctf.cli.browser-copy', { file, canonical }))
  return parsed.name
}

function asJson({ file, reading }: Checked, words: Words): object {
  const { errors, warnings, findings } = reading
  const told = findings.map((finding) => {
    const { problem, action } = say(finding, words)
    const { rule, severity, line, column, path, pupil } = finding
    return { rule, severity, message: `${problem} ${action}`, line, column, path, pupil }
  })
  return { file, errors, warnings, findings: told }
}

function asLines({ file, reading }: Checked, words: Words): string[] {
  const { errors, warnings, findings, findingCount, pupils } = reading
  const lines = findings.flatMap((finding) => {
    const { problem, action } = say(finding, words)
    const place = `${file}:${finding.line}:${finding.column}`
    const about = pupilOf(finding, words)
    return [
      `${place}: ${words(`ctf.cli.${finding.severity}`)} ${finding.rule}`,
      `  ${about}${problem}`,
      `  ${words('ctf.cli.what-to-do', { action })}`,
    ]
  })
  const more = findingCount - findings.length
  if (more > 0) lines.push(words('ctf.cli.more', { file, more }))
  return [...lines, words('ctf.cli.summary', { file, errors, warnings, pupils: pupils.length })]
}

function say(finding: Finding, words: Words): { problem: string; action: string } {
  const key = findingKey(finding.rule)
  return { problem: words(key.problem, finding.params), action: words(key.action, finding.params) }
}

function pupilOf({ pupil }: Finding, words: Words): string {
  if (!pupil) return ''
  const upn = pupil.upn ?? words('ctf.cli.no-upn')
  return `${words('ctf.cli.pupil', { index: pupil.index, upn })}: `
}

interface SampleAsked {
  pupils: string
  seed: string
  from: string
  to: string
  out: string
}

/** `cts ctf sample`: writes an invented file under the first serial number that is free, and prints its path. */
function sampleCommand({ print, remark, exit, today }: Surroundings): Command {
  const words = wordsOf('en')
  return new Command('sample')
    .description(help('sample'))
    .option('--pupils <n>', help('pupils'), '1')
    .option('--seed <s>', help('seed'), '1')
    .option('--from <code>', help('from'), '6814039')
    .option('--to <code>', help('to'), '6804020')
    .option('--out <dir>', help('out'), '.')
    .action((asked: SampleAsked) => {
      const refuse = (line: string) => {
        remark(line)
        exit(EXIT_USAGE)
      }
      const [source, destination] = [asked.from.toUpperCase(), asked.to.toUpperCase()]
      const pupils = wholeNumber(asked.pupils, 1, 100_000)
      const seed = wholeNumber(asked.seed, 0, 2 ** 32 - 1)
      if (pupils === null) return refuse(numberWords(words, '--pupils', 1, 100_000))
      if (seed === null) return refuse(numberWords(words, '--seed', 0, 2 ** 32 - 1))
      const parsed = parseFileName(`${source}_CTF_${destination}_001.XML`)
      if (!parsed.ok) {
        const action = words(`ctf.name.${parsed.problem}.action`)
        return refuse(words('ctf.cli.bad-codes', { from: source, to: destination, action }))
      }
      if (parsed.name.lost && pupils !== 1) return refuse(words('ctf.cli.one-pupil'))
      const { bytes } = sampleCtf({ pupils, seed, source, destination, today: today() })
      const path = writeUnder(asked.out, parsed.name, bytes)
      if (path === null) return refuse(words('ctf.cli.cannot-write', { file: asked.out }))
      print(path)
    })
}

function wholeNumber(text: string, least: number, most: number): number | null {
  const number = /^[0-9]{1,10}$/.test(text) ? Number(text) : -1
  return number >= least && number <= most ? number : null
}

const numberWords = (words: Words, option: string, least: number, most: number) =>
  words('ctf.cli.bad-number', { option, least, most })

/** Writes a file without writing over another; one that is there with the same bytes is the file. */
function writeUnder(
  folder: string,
  { type, source, destination }: FileName,
  bytes: Uint8Array,
): string | null {
  let serial = nextSerial(null)
  for (let tries = 0; tries < 999; tries++) {
    const path = join(folder, fileNameOf({ type, source, destination, serial }))
    try {
      mkdirSync(folder, { recursive: true })
      writeFileSync(path, bytes, { flag: 'wx' })
      return path
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return null
      if (isSame(path, bytes)) return path
    }
    serial = nextSerial(serial)
  }
  return null
}

function isSame(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes)
  } catch {
    return false
  }
}
