import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { fileNameOf, nextSerial, sampleCtf } from '../ctf/index.ts'
import { wordsOf, type Language, type Words } from '../kit/i18n.ts'
import { isSendable, writeUnder, type Transfer } from './ctf-files.ts'
import { help, langOption, misuse, type CtfSurroundings } from './ctf-terminal.ts'

interface SampleAsked {
  pupils: string
  seed: string
  from: string
  to: string
  out: string
  lang: Language
}

/** `cts ctf sample`: writes an invented file under the first serial number that is free, and prints its path. */
export function sampleCommand(surroundings: CtfSurroundings): Command {
  return new Command('sample')
    .description(help('help.sample'))
    .option('--pupils <n>', help('help.pupils'), '1')
    .option('--seed <s>', help('help.seed'), '1')
    .option('--from <code>', help('help.from'), '6814039')
    .option('--to <code>', help('help.to'), '6804020')
    .option('--out <dir>', help('help.out'), '.')
    .addOption(langOption())
    .action((asked: SampleAsked) => {
      const words = wordsOf(asked.lang)
      const refuse = (line: string) => misuse(surroundings, line)
      const ends = { type: 'CTF', source: asked.from.toUpperCase(), destination: asked.to.toUpperCase() }
      const pupils = wholeNumber(asked.pupils, 1, 100_000)
      const seed = wholeNumber(asked.seed, 0, 2 ** 32 - 1)
      if (pupils === null) return refuse(numberWords(words, '--pupils', 1, 100_000))
      if (seed === null) return refuse(numberWords(words, '--seed', 0, 2 ** 32 - 1))
      if (!isSendable(ends, surroundings, words)) return
      if (/^(X{7}|M{7})$/.test(ends.destination) && pupils !== 1) return refuse(words('ctf.cli.one-pupil'))
      const { bytes } = sampleCtf({ pupils, seed, ...ends, today: surroundings.today() })
      const path = writeOnce(ends, asked.out, bytes)
      if (path === null) return refuse(words('ctf.cli.cannot-write', { file: asked.out }))
      surroundings.print(path)
    })
}

function wholeNumber(text: string, least: number, most: number): number | null {
  const number = /^[0-9]{1,10}$/.test(text) ? Number(text) : -1
  return number >= least && number <= most ? number : null
}

const numberWords = (words: Words, option: string, least: number, most: number) =>
  words('ctf.cli.bad-number', { option, least, most })

/** A file that is there with the same bytes is the file. */
function writeOnce(ends: Transfer['ends'], folder: string, bytes: Uint8Array): string | null {
  let serial = nextSerial(null)
  for (let tries = 0; tries < 999; tries++, serial = nextSerial(serial)) {
    const path = join(folder, fileNameOf({ ...ends, serial }))
    const there = readIfThere(path)
    if (there === null) break
    if (there.equals(bytes)) return path
  }
  return writeUnder(ends, { folder, force: false, written: new Set() }, (write) => write(bytes))
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}
