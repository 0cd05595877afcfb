import { Command } from 'commander'
import { explainFailure } from './cli/operator.ts'

const program = new Command('cts')
  .description('The Common Transfer System: when a child changes school, its record follows.')
  .showHelpAfterError('(cts --help and cts COMMAND --help show what there is)')
  .exitOverride()

/** Each command is loaded when it is asked for: all of them, with the whole service behind, take half a second. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./cli/serve.ts')).serveCommand(),
  migrate: async () => (await import('./cli/database.ts')).migrateCommand(),
  demo: async () => (await import('./cli/database.ts')).demoCommand(),
  register: async () => (await import('./cli/register.ts')).registerCommand(),
  user: async () => (await import('./cli/user.ts')).userCommand(),
  approver: async () => (await import('./cli/approver.ts')).approverCommand(),
  client: async () => (await import('./cli/client.ts')).clientCommand(),
  system: async () => (await import('./cli/system.ts')).systemCommand(),
  ctf: async () => (await import('./cli/ctf.ts')).ctfCommand(),
  send: async () => (await import('./cli/send.ts')).sendCommand(),
  receive: async () => (await import('./cli/receive.ts')).receiveCommand(),
  mail: async () => (await import('./cli/mail.ts')).mailCommand(),
  keys: async () => (await import('./cli/keys.ts')).keysCommand(),
  audit: async () => (await import('./cli/audit.ts')).auditCommand(),
  snapshot: async () => (await import('./cli/snapshot.ts')).snapshotCommand(),
  restore: async () => (await import('./cli/snapshot.ts')).restoreCommand(),
  docs: async () => (await import('./cli/docs.ts')).docsCommand(),
}
const asked = process.argv[2] ?? ''
const names = Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS)
for (const name of names) program.addCommand(inherit(await COMMANDS[name]!(), program))
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
