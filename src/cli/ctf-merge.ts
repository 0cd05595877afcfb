import { Command } from 'commander'
import { mergeFiles } from '../ctf/merge.ts'
import { wordsOf, type Language } from '../kit/i18n.ts'
import { isSendable, readTransfer, writeTransfer, type Transfer } from './ctf-files.ts'
import { help, langOption, misuse, type CtfSurroundings } from './ctf-terminal.ts'

interface MergeAsked {
  out: string
  latest?: boolean
  force?: boolean
  lang: Language
}

/** `cts ctf merge FILE…`: one file of several with the same sender and receiver; prints its path. Exit 1 when they do not fit. */
export function mergeCommand(surroundings: CtfSurroundings): Command {
  return new Command('merge')
    .description(help('merge.help'))
    .argument('<file...>')
    .requiredOption('--out <folder>', help('help.out'))
    .option('--latest', help('merge.latest'))
    .option('--force', help('help.force'))
    .addOption(langOption())
    .action((paths: string[], { out, latest = false, force = false, lang }: MergeAsked) => {
      const words = wordsOf(lang)
      const { print, remark, exit, now } = surroundings
      const transfers: Transfer[] = []
      for (const path of paths) {
        const transfer = readTransfer(path, surroundings, words)
        if (!transfer) return
        transfers.push(transfer)
      }
      const [first, ...others] = transfers
      if (!first || !isSendable(first.ends, surroundings, words)) return
      const options = { now: now(), latest }
      const merged = mergeFiles([first.file, ...others.map(({ file }) => file)], options)
      if (!merged.ok) {
        const { problem, index, upn = '' } = merged
        const asked = problem === 'twice' && latest ? 'as-new' : problem
        remark(words(`ctf.cli.merge.${asked}`, { file: paths[index]!, first: paths[0]!, upn }))
        return exit(1)
      }
      const target = { folder: out, force, written: new Set<string>() }
      const path = writeTransfer(merged.file, first.ends.type, target)
      if (path === null) return misuse(surroundings, words('ctf.cli.cannot-write', { file: out }))
      print(path)
      remark(words('ctf.cli.merge.done', { files: paths.length, pupils: merged.file.pupils.length }))
    })
}
