import { Option, type Command } from 'commander'
import { ClientFault, readServerAddress, ServiceRefusal, type Credentials } from '../client/index.ts'
import { LANGUAGES, wordsOf, type Language, type Words } from '../kit/i18n.ts'
import { EXIT_USAGE } from './operator.ts'

/** What every command says that calls a service as a client. */
export interface Asked {
  server: string
  lang: Language
  json?: true
}

const words = wordsOf('en')

/** Adds the options of every command that calls a service as a client. */
export function callsService(command: Command): Command {
  return command
    .requiredOption('--server <url>', words('clientCommand.help.server'))
    .addOption(
      new Option('--lang <language>', words('clientCommand.help.lang')).choices(LANGUAGES).default('en'),
    )
    .option('--json', words('clientCommand.help.json'))
    .addHelpText('after', words('clientCommand.help.credentials'))
}

/** Reads the address and, from the environment alone, the credentials. Ends the command (2) where they are no use. */
export function readCredentials(command: Command, { server, lang }: Asked): Credentials {
  const words = wordsOf(lang)
  const address = readServerAddress(server)
  if (!address.ok)
    return misused(command, words(`clientCommand.faults.${address.problem}`, { address: server }))
  const [id, secret] = ['CTS_CLIENT_ID', 'CTS_CLIENT_SECRET'].map((name) => {
    const value = process.env[name]
    return value === undefined || value === ''
      ? misused(command, words('clientCommand.usage.credentials', { name }))
      : value
  })
  return { server: address.url, loopback: address.loopback, id: id!, secret: secret! }
}

/** Ends the command as wrongly used. */
export function misused(command: Command, sentence: string): never {
  return command.error(`cts: ${sentence}`, { exitCode: EXIT_USAGE })
}

/** What went wrong, in a sentence or two that say what to do. */
export function sentenceOf(error: ClientFault | ServiceRefusal, words: Words): string {
  if (error instanceof ClientFault) return words(`clientCommand.faults.${error.code}`, error.params)
  const { title, detail } = error.problem
  return `${title}. ${detail}`.trim()
}

/** What went wrong, for a program. */
export function jsonOf(error: ClientFault | ServiceRefusal, words: Words): object {
  if (error instanceof ServiceRefusal) return { ...error.problem }
  return { type: `urn:cts:client:${error.code}`, detail: sentenceOf(error, words) }
}

/** What is said before a pause. */
export function pauseSentence(reason: ClientFault | ServiceRefusal, seconds: number, words: Words): string {
  return words('clientCommand.pause', { reason: sentenceOf(reason, words), count: Math.ceil(seconds) })
}
