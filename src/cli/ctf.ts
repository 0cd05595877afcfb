import { Command } from 'commander'
import { checkCommand } from './ctf-check.ts'
import { diffCommand } from './ctf-diff.ts'
import { mergeCommand } from './ctf-merge.ts'
import { readdressCommand } from './ctf-readdress.ts'
import { sampleCommand } from './ctf-sample.ts'
import { selectCommand } from './ctf-select.ts'
import { showCommand } from './ctf-show.ts'
import { splitCommand } from './ctf-split.ts'
import { CTF_TERMINAL, help, type CtfSurroundings } from './ctf-terminal.ts'
import { xsdCommand } from './ctf-xsd.ts'

/** What works on Common Transfer Files without the service. */
const COMMANDS: readonly ((surroundings: CtfSurroundings) => Command)[] = [
  checkCommand,
  sampleCommand,
  splitCommand,
  mergeCommand,
  readdressCommand,
  selectCommand,
  diffCommand,
  showCommand,
  xsdCommand,
]

/** `cts ctf`: works on Common Transfer Files without the service. */
export function ctfCommand(surroundings: CtfSurroundings = CTF_TERMINAL): Command {
  const command = new Command('ctf').description(help('help.ctf'))
  for (const build of COMMANDS) command.addCommand(build(surroundings))
  return command
}
