import { readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { textIn, type Elements } from '../ctf/content.ts'
import {
  canReceive,
  fileOfPart,
  nextSchoolOf,
  readDestinations,
  splitByDestination,
  splitByPupil,
  type Part,
} from '../ctf/split.ts'
import { wordsOf, type Language, type Words } from '../kit/i18n.ts'
import { isSendable, readTransfer, writeTransfer, type Transfer } from './ctf-files.ts'
import { help, langOption, misuse, type CtfSurroundings } from './ctf-terminal.ts'

/** So many serial numbers there are for one destination. */
const SERIALS = 999

interface SplitAsked {
  by: 'pupil' | 'destination'
  to?: string
  map?: string
  rest?: string
  out: string
  force?: boolean
  lang: Language
}

/**
 * `cts ctf split FILE`: a file for each pupil or for each destination; prints their paths. Nothing is written when a
 * pupil has no destination (exit 1).
 */
export function splitCommand(surroundings: CtfSurroundings): Command {
  return new Command('split')
    .description(help('split.help'))
    .argument('<file>')
    .addOption(
      new Option('--by <what>', help('split.by')).choices(['pupil', 'destination']).makeOptionMandatory(),
    )
    .option('--to <code>', help('split.to'))
    .option('--map <csv>', help('split.map'))
    .option('--rest <code>', help('split.rest'))
    .requiredOption('--out <folder>', help('help.out'))
    .option('--force', help('help.force'))
    .addOption(langOption())
    .action((path: string, asked: SplitAsked) => {
      const words = wordsOf(asked.lang)
      const misplaced = asked.by === 'pupil' ? (asked.map ?? asked.rest) : asked.to
      if (misplaced !== undefined) return misuse(surroundings, words('ctf.cli.split.options'))
      const transfer = readTransfer(path, surroundings, words)
      const parts = transfer && partsOf(transfer, asked, surroundings, words)
      if (!parts) return
      const { type, source } = transfer.ends
      const files = new Map<string, number>()
      for (const { destination } of parts) files.set(destination, (files.get(destination) ?? 0) + 1)
      for (const [destination, count] of files) {
        if (!isSendable({ type, source, destination }, surroundings, words)) return
        if (count > SERIALS)
          return misuse(
            surroundings,
            words('ctf.cli.split.too-many', { code: destination, count, most: SERIALS }),
          )
      }
      writeParts(transfer, parts, asked, surroundings, words)
    })
}

/** How the pupils are shared out; null when that has been refused. */
function partsOf(
  { file, ends }: Transfer,
  { by, to, map, rest }: SplitAsked,
  surroundings: CtfSurroundings,
  words: Words,
): Part[] | null {
  if (by === 'pupil') return splitByPupil(file, to?.toUpperCase() ?? ends.destination)
  const other = rest?.toUpperCase() ?? null
  if (other !== null && !canReceive(other)) {
    misuse(surroundings, words('ctf.cli.split.bad-rest', { code: other }))
    return null
  }
  const known = destinationFinder(ends.source, map, surroundings, words)
  if (!known) return null
  const { parts, without } = splitByDestination(file, (pupil) => known(pupil) ?? other)
  if (without.length === 0) return parts
  const { remark, exit } = surroundings
  remark(words('ctf.cli.split.without', { count: without.length }))
  for (const { index, pupil } of without)
    remark(`  ${words('ctf.cli.split.who', { index, ...whoOf(pupil) })}`)
  exit(1)
  return null
}

/** What says where a pupil goes: the mapping where there is one, else the pupil's own school history. */
function destinationFinder(
  source: string,
  map: string | undefined,
  surroundings: CtfSurroundings,
  words: Words,
): ((pupil: Elements) => string | null) | null {
  if (map === undefined) return (pupil) => nextSchoolOf(pupil, source)
  const csv = readText(map)
  if (csv === null) {
    misuse(surroundings, words('ctf.cli.cannot-open', { file: map }))
    return null
  }
  const read = readDestinations(csv)
  if (read.ok) return (pupil) => read.destinations.get(textIn(pupil, 'UPN') ?? '') ?? null
  misuse(surroundings, words('ctf.cli.split.bad-map', { file: map, line: read.line }))
  return null
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** A pupil's name and UPN. */
export function whoOf(pupil: Elements): { name: string; upn: string } {
  const name = [textIn(pupil, 'Forename'), textIn(pupil, 'Surname')].filter((part) => part !== null).join(' ')
  return { name, upn: textIn(pupil, 'UPN') ?? '–' }
}

function writeParts(
  { file, ends }: Transfer,
  parts: readonly Part[],
  { out, force = false }: SplitAsked,
  surroundings: CtfSurroundings,
  words: Words,
): void {
  const target = { folder: out, force, written: new Set<string>() }
  const now = surroundings.now()
  for (const part of parts) {
    const path = writeTransfer(fileOfPart(file, part, now), ends.type, target)
    if (path === null) return misuse(surroundings, words('ctf.cli.cannot-write', { file: out }))
    surroundings.print(path)
  }
  surroundings.remark(words('ctf.cli.split.done', { files: parts.length, pupils: file.pupils.length }))
}
