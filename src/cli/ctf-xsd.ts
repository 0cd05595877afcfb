import { writeFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { XSD_ROOTS, XSD_VERSIONS, xsdOf, type XsdRoot } from '../ctf/xsd.ts'
import { help, misuse, type CtfSurroundings } from './ctf-terminal.ts'

interface Asked {
  version: string
  root: XsdRoot
  out?: string
}

/** `cts ctf xsd`: prints the schema of a version of the format, or writes it into a file in place of what is there. */
export function xsdCommand(surroundings: CtfSurroundings): Command {
  const { first, last } = XSD_VERSIONS
  const versions = Array.from({ length: last - first + 1 }, (_, index) => String(first + index))
  return new Command('xsd')
    .description(help('xsd.help'))
    .addOption(new Option('--version <version>', help('xsd.version')).choices(versions).default(String(last)))
    .addOption(new Option('--root <root>', help('xsd.root')).choices([...XSD_ROOTS]).default('CTfile'))
    .option('--out <file>', help('xsd.out'))
    .action(({ version, root, out }: Asked) => {
      const schema = xsdOf(Number(version), root)
      if (out === undefined) return surroundings.print(schema.trimEnd())
      try {
        writeFileSync(out, schema)
        surroundings.print(out)
      } catch {
        misuse(surroundings, help('xsd.cannot-write', { file: out }))
      }
    })
}
