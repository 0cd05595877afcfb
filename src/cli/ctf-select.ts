import { dirname } from 'node:path'
import { Command, Option } from 'commander'
import { codeSet } from '../ctf/codes/code-sets.ts'
import { endsOf } from '../ctf/header.ts'
import { sectionNames, selectFrom } from '../ctf/select.ts'
import { wordsOf, type Language, type Words } from '../kit/i18n.ts'
import { isSendable, readTransfer, writeTransfer } from './ctf-files.ts'
import { help, langOption, misuse, type CtfSurroundings } from './ctf-terminal.ts'

interface SelectAsked {
  sections?: string
  pupils?: string
  partial?: string
  out?: string
  force?: boolean
  lang: Language
}

/** `cts ctf select FILE`: a file with chosen sections or pupils only; prints its path. Exit 1 when it does not have a pupil. */
export function selectCommand(surroundings: CtfSurroundings): Command {
  const qualifiers = [...codeSet('data-qualifier').codes.keys()]
  return new Command('select')
    .description(help('select.help', { sections: sectionNames().join(', ') }))
    .argument('<file>')
    .option('--sections <names>', help('select.sections'))
    .option('--pupils <upns>', help('select.pupils'))
    .addOption(new Option('--partial <qualifier>', help('select.partial')).choices(qualifiers))
    .option('--out <folder>', help('readdress.out'))
    .option('--force', help('help.force'))
    .addOption(langOption())
    .action((path: string, asked: SelectAsked) => {
      const words = wordsOf(asked.lang)
      const { print, remark, exit, now } = surroundings
      const pupils = asked.pupils === undefined ? undefined : listOf(asked.pupils.toUpperCase())
      if (asked.partial !== undefined && asked.sections === undefined)
        return misuse(surroundings, words('ctf.cli.select.partial-of-all'))
      if (!pupils && asked.sections === undefined)
        return misuse(surroundings, words('ctf.cli.select.nothing'))
      const transfer = readTransfer(path, surroundings, words)
      if (!transfer) return
      const sections = readSections(asked.sections, sectionNames(transfer.file.root), words)
      if (typeof sections === 'string') return misuse(surroundings, sections)
      const selection = { sections, pupils, qualifier: asked.partial, now: now() }
      const { file, missing } = selectFrom(transfer.file, selection)
      const { destination } = endsOf(file)
      const ends = { ...transfer.ends, type: asked.partial ?? transfer.ends.type, destination: destination! }
      if (!isSendable(ends, surroundings, words)) return
      if (missing.length > 0) {
        remark(words('ctf.cli.select.missing', { file: path, upns: missing.join(', ') }))
        return exit(1)
      }
      const { out = dirname(path), force = false } = asked
      const written = writeTransfer(file, ends.type, { folder: out, force, written: new Set() })
      if (written === null) return misuse(surroundings, words('ctf.cli.cannot-write', { file: out }))
      print(written)
    })
}

/** The sections as the model names them; a sentence when one is none; nothing when none were asked for. */
function readSections(
  asked: string | undefined,
  names: readonly string[],
  words: Words,
): string[] | string | undefined {
  if (asked === undefined) return undefined
  const found: string[] = []
  for (const one of listOf(asked)) {
    const name = names.find((name) => name.toLowerCase() === one.toLowerCase())
    if (!name) return words('ctf.cli.select.no-section', { name: one, names: names.join(', ') })
    found.push(name)
  }
  return found
}

const listOf = (text: string) =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
