import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { fileNameOf, nextSerial } from '../ctf/index.ts'
import { SAMPLE_KINDS, kindSince, openSample, usualEnds, type SampleKind } from '../ctf/sample.ts'
import { wordsOf, type Language, type Words } from '../kit/i18n.ts'
import { isSendable, writeUnder, type Transfer } from './ctf-files.ts'
import { help, langOption, misuse, type CtfSurroundings } from './ctf-terminal.ts'

interface SampleAsked {
  pupils: string
  seed: string
  kind: SampleKind
  version?: string
  from?: string
  to?: string
  out: string
  lang: Language
}

/** `cts ctf sample`: writes an invented file under the first serial number that is free, and prints its path. */
export function sampleCommand(surroundings: CtfSurroundings): Command {
  return new Command('sample')
    .description(help('help.sample'))
    .option('--pupils <n>', help('help.pupils'), '1')
    .option('--seed <s>', help('help.seed'), '1')
    .addOption(new Option('--kind <kind>', help('sample.kind')).choices([...SAMPLE_KINDS]).default('CTF'))
    .option('--version <n>', help('sample.version'))
    .option('--from <code>', help('sample.from'))
    .option('--to <code>', help('sample.to'))
    .option('--out <dir>', help('help.out'), '.')
    .addOption(langOption())
    .action((asked: SampleAsked) => writeSample(asked, surroundings))
}

function writeSample(asked: SampleAsked, surroundings: CtfSurroundings): void {
  const { kind, from, to, out } = asked
  const words = wordsOf(asked.lang)
  const refuse = (line: string) => misuse(surroundings, line)
  const usual = usualEnds(kind, from?.toUpperCase())
  const ends = { type: kind, source: usual.source, destination: to?.toUpperCase() ?? usual.destination }
  const pupils = wholeNumber(asked.pupils, 1, 100_000)
  const seed = wholeNumber(asked.seed, 0, 2 ** 32 - 1)
  const version = asked.version === undefined ? undefined : wholeNumber(asked.version, 12, 99)
  if (pupils === null) return refuse(numberWords(words, '--pupils', 1, 100_000))
  if (seed === null) return refuse(numberWords(words, '--seed', 0, 2 ** 32 - 1))
  if (version === null) return refuse(numberWords(words, '--version', 12, 99))
  if (version !== undefined && version < kindSince(kind))
    return refuse(words('ctf.cli.sample.no-kind', { kind, since: kindSince(kind) }))
  if (!isSendable(ends, surroundings, words)) return
  if (/^(X{7}|M{7})$/.test(ends.destination) && pupils !== 1) return refuse(words('ctf.cli.one-pupil'))
  const today = surroundings.today()
  const open = () => openSample({ pupils, seed, kind, version, ...ends, today })
  const path = writeOnce(ends, out, () => open().pieces)
  if (path === null) return refuse(words('ctf.cli.cannot-write', { file: out }))
  const day = open().today
  if (day !== today) surroundings.remark(words('ctf.cli.sample.other-day', { day, version: version! }))
  surroundings.print(path)
}

function wholeNumber(text: string, least: number, most: number): number | null {
  const number = /^[0-9]{1,10}$/.test(text) ? Number(text) : -1
  return number >= least && number <= most ? number : null
}

const numberWords = (words: Words, option: string, least: number, most: number) =>
  words('ctf.cli.bad-number', { option, least, most })

/** A file that is there with the same text is the file. */
function writeOnce(ends: Transfer['ends'], folder: string, pieces: () => Iterable<string>): string | null {
  let serial = nextSerial(null)
  for (let tries = 0; tries < 999; tries++, serial = nextSerial(serial)) {
    const path = join(folder, fileNameOf({ ...ends, serial }))
    const isSame = holds(path, pieces())
    if (isSame === null) break
    if (isSame) return path
  }
  return writeUnder(ends, { folder, force: false, written: new Set() }, (write) => {
    for (const piece of pieces()) write(piece)
  })
}

/** Whether a file holds a text and no more; null when there is none that can be read. */
function holds(path: string, pieces: Iterable<string>): boolean | null {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return null
  }
  try {
    for (const piece of pieces) {
      const wanted = Buffer.from(piece)
      const found = Buffer.alloc(wanted.length)
      if (readSync(file, found) < wanted.length || !found.equals(wanted)) return false
    }
    return readSync(file, Buffer.alloc(1)) === 0
  } finally {
    closeSync(file)
  }
}
