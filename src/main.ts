import { Command } from 'commander'
import { auditCommand } from './cli/audit.ts'
import { clientCommand } from './cli/client.ts'
import { ctfCommand } from './cli/ctf.ts'
import { demoCommand, migrateCommand } from './cli/database.ts'
import { docsCommand } from './cli/docs.ts'
import { keysCommand } from './cli/keys.ts'
import { mailCommand } from './cli/mail.ts'
import { explainFailure } from './cli/operator.ts'
import { receiveCommand } from './cli/receive.ts'
import { registerCommand } from './cli/register.ts'
import { sendCommand } from './cli/send.ts'
import { serveCommand } from './cli/serve.ts'
import { restoreCommand, snapshotCommand } from './cli/snapshot.ts'
import { userCommand } from './cli/user.ts'

const program = new Command('cts')
  .description('The Common Transfer System: when a child changes school, its record follows.')
  .showHelpAfterError('(cts --help and cts COMMAND --help show what there is)')
  .exitOverride()

const COMMANDS = [
  serveCommand,
  migrateCommand,
  demoCommand,
  registerCommand,
  userCommand,
  clientCommand,
  ctfCommand,
  sendCommand,
  receiveCommand,
  mailCommand,
  keysCommand,
  auditCommand,
  snapshotCommand,
  restoreCommand,
  docsCommand,
]
for (const build of COMMANDS) program.addCommand(inherit(build(), program))
// `cts … | head` closes the pipe: that is no failure of ours
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await program.parseAsync()
} catch (error) {
  // commander has said what was wrong with the command line; asking for help is no failure
  if (error instanceof Error && 'exitCode' in error) process.exitCode = error.exitCode === 0 ? 0 : 2
  else explainFailure(error)
}

/** Hands the program's settings down to a command and to all below it. */
function inherit(command: Command, from: Command): Command {
  command.copyInheritedSettings(from)
  for (const below of command.commands) inherit(below, command)
  return command
}
