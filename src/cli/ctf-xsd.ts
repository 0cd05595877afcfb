import { writeFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { XSD_ROOTS, XSD_VERSIONS, xsdOf, type XsdRoot } from '../ctf/xsd.ts'
import { wordsOf } from '../kit/i18n.ts'
import { EXIT_USAGE } from './operator.ts'

/** Where the command writes; tests give their own. */
export interface XsdSurroundings {
  /** A line of data. */
  print: (line: string) => void
  /** For what is no data: standard error. */
  remark: (line: string) => void
  exit: (status: number) => void
}

interface Asked {
  version: string
  root: XsdRoot
  out?: string
}

/** `cts ctf xsd`: prints the schema of a version of the format, or writes it into a file in place of what is there. */
export function xsdCommand({ print, remark, exit }: XsdSurroundings): Command {
  const words = wordsOf('en')
  const { first, last } = XSD_VERSIONS
  const versions = Array.from({ length: last - first + 1 }, (_, index) => String(first + index))
  return new Command('xsd')
    .description(words('ctf.cli.xsd.help'))
    .addOption(
      new Option('--version <version>', words('ctf.cli.xsd.version')).choices(versions).default(String(last)),
    )
    .addOption(
      new Option('--root <root>', words('ctf.cli.xsd.root')).choices([...XSD_ROOTS]).default('CTfile'),
    )
    .option('--out <file>', words('ctf.cli.xsd.out'))
    .action(({ version, root, out }: Asked) => {
      const schema = xsdOf(Number(version), root)
      if (out === undefined) return print(schema.trimEnd())
      try {
        writeFileSync(out, schema)
        print(out)
      } catch {
        remark(words('ctf.cli.xsd.cannot-write', { file: out }))
        exit(EXIT_USAGE)
      }
    })
}
