import { Command, InvalidArgumentError, Option } from 'commander'
import { wordsOf } from '../kit/i18n.ts'
import type { ListedMail, UnsentState } from '../kit/mail/store.ts'
import { operate } from '../permissions/perform.ts'
import type { World } from '../world.ts'
import { TERMINAL, type Surroundings } from './operator.ts'

/** What these commands use of the world. */
type Needed = Pick<World, 'db' | 'audit' | 'clock' | 'mailer'>

type Own = Surroundings<Needed>

/** What is not sent, and in what order the help names it. */
const UNSENT = ['queued', 'sending', 'dead', 'uncertain'] as const satisfies UnsentState[]

const LISTED = 1000

const words = wordsOf('en')

/** `cts mail`: the e-mails that wait or were not sent, and sending them again. */
export function mailCommand(surroundings: Own = TERMINAL): Command {
  return new Command('mail')
    .description(words('mailCommand.about'))
    .addCommand(listCommand(surroundings))
    .addCommand(retryCommand(surroundings))
}

function listCommand({ operator, print }: Own): Command {
  return new Command('list')
    .description(words('mailCommand.list'))
    .addOption(new Option('--state <state>', words('mailCommand.state')).choices(UNSENT))
    .option('--limit <n>', words('mailCommand.limit'), wholeNumber, LISTED)
    .option('--json', words('mailCommand.json'))
    .action(({ state, limit, json }: { state?: UnsentState; limit: number; json?: true }) =>
      operator(async ({ mailer }) => {
        const mails = await mailer.list(state ? [state] : UNSENT, limit + 1)
        const shown = mails.slice(0, limit)
        if (json) return print(JSON.stringify(shown))
        if (shown.length === 0) return print(words('mailCommand.none'))
        for (const line of shown.flatMap(asLines)) print(line)
        if (mails.length > limit) print(words('mailCommand.more'))
      }),
    )
}

function retryCommand({ operator, print }: Own): Command {
  return new Command('retry')
    .description(words('mailCommand.retry'))
    .argument('[id]')
    .option('--all-dead', words('mailCommand.allDead'))
    .action(async (id: string | undefined, { allDead }: { allDead?: true }, command: Command) => {
      if ((id === undefined) === (allDead === undefined)) {
        command.error(words('mailCommand.which'), { exitCode: 2 })
      }
      const which = id === undefined ? 'all-dead' : { id }
      let count = 0
      await operator(async (world) => {
        count = await operate(world, 'mail.retry', id ?? null, (tx) => world.mailer.retry(tx, which))
      })
      if (id !== undefined && count === 0)
        command.error(words('mailCommand.unknown', { id }), { exitCode: 1 })
      print(words('mailCommand.retried', { count }))
    })
}

function asLines({ id, state, to, template, about, attempts, createdAt, lastError }: ListedMail): string[] {
  const created = `${createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const said = words(`mailCommand.states.${state}`)
  const line = words('mailCommand.line', { id, state: said, to, template, about, created })
  return lastError === null
    ? [line]
    : [line, words('mailCommand.tried', { count: attempts, error: lastError })]
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('')
  return Number(text)
}
