import { dirname } from 'node:path'
import { Command } from 'commander'
import { readdressCtf } from '../ctf/readdress.ts'
import { wordsOf, type Language } from '../kit/i18n.ts'
import { OWN_DISK, isSendable, readTransfer, writeUnder } from './ctf-files.ts'
import { help, langOption, misuse, type CtfSurroundings } from './ctf-terminal.ts'

interface ReaddressAsked {
  to: string
  out?: string
  force?: boolean
  lang: Language
}

/** `cts ctf readdress FILE --to CODE`: the same file for another establishment, in name and header; prints its path. */
export function readdressCommand(surroundings: CtfSurroundings): Command {
  return new Command('readdress')
    .description(help('readdress.help'))
    .argument('<file>')
    .requiredOption('--to <code>', help('help.to'))
    .option('--out <folder>', help('readdress.out'))
    .option('--force', help('help.force'))
    .addOption(langOption())
    .action((path: string, { to, out = dirname(path), force = false, lang }: ReaddressAsked) => {
      const words = wordsOf(lang)
      const transfer = readTransfer(path, surroundings, words)
      if (!transfer) return
      const ends = { ...transfer.ends, destination: to.toUpperCase() }
      if (!isSendable(ends, surroundings, words)) return
      if (/^(X{7}|M{7})$/.test(ends.destination) && transfer.file.pupils.length > 1)
        return misuse(surroundings, words('ctf.cli.readdress.one-pupil', { file: path }))
      const bytes = readdressCtf(transfer.bytes, ends.destination, OWN_DISK)
      const target = { folder: out, force, written: new Set<string>() }
      const written = writeUnder(ends, target, (write) => write(bytes))
      if (written === null) return misuse(surroundings, words('ctf.cli.cannot-write', { file: out }))
      surroundings.print(written)
    })
}
