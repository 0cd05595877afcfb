import { Command, InvalidArgumentError } from 'commander'
import {
  ClientFault,
  collectInbox,
  isExpected,
  openConnection,
  takeFolder,
  watch,
  type Credentials,
  type FileAnswer,
  type Folder,
} from '../client/index.ts'
import { wordsOf, type Words } from '../kit/i18n.ts'
import { callsService, misused, pauseSentence, readCredentials, sentenceOf, type Asked } from './connect.ts'
import { openScreen, plain } from './progress.ts'
import { openTally } from './tally.ts'

/** What `cts receive` is asked for. */
interface AskedToReceive extends Asked {
  to: string
  watch?: true
  every: number
  confirm: boolean
}

const EVERY = 10

/** `cts receive`: collects what awaits the organisation into a folder; with --watch until it is stopped. */
export function receiveCommand(): Command {
  const words = wordsOf('en')
  return callsService(new Command('receive').description(words('clientCommand.help.receive')))
    .requiredOption('--to <folder>', words('clientCommand.help.to'))
    .option('--watch', words('clientCommand.help.watch'))
    .option('--every <seconds>', words('clientCommand.help.every'), readSeconds, EVERY)
    .option('--no-confirm', words('clientCommand.help.noConfirm'))
    .action(async (asked: AskedToReceive, command: Command) => {
      const credentials = readCredentials(command, asked)
      const words = wordsOf(asked.lang)
      try {
        const folder = await takeFolder(asked.to)
        try {
          process.exitCode = await receive(asked, credentials, folder, words)
        } finally {
          folder.release()
        }
      } catch (error) {
        if (!isExpected(error)) throw error
        if (error instanceof ClientFault && error.code === 'folder')
          misused(command, sentenceOf(error, words))
        throw new Error(plain(sentenceOf(error, words)), { cause: error })
      }
    })
}

function readSeconds(text: string): number {
  const seconds = Number(text)
  if (/^\d{1,4}$/.test(text) && seconds >= 1 && seconds <= 3600) return seconds
  throw new InvalidArgumentError(wordsOf('en')('clientCommand.usage.every'))
}

/** Collects once, or until a signal comes; a file under way is finished first. Gives the exit status. */
async function receive(
  asked: AskedToReceive,
  credentials: Credentials,
  folder: Folder,
  words: Words,
): Promise<number> {
  const screen = openScreen(words, asked.json === true)
  const stop = stopSignal()
  const connection = openConnection({
    ...credentials,
    language: asked.lang,
    impatient: asked.watch === true,
    stop,
    onPause: (reason, seconds) => screen.remark(plain(pauseSentence(reason, seconds, words))),
  })
  const collecting = {
    connection,
    folder,
    confirm: asked.confirm,
    progress: (file: FileAnswer, received: number, total: number) =>
      screen.progress('receiving', file.name, received, total),
  }
  const tally = openTally(folder, screen, words, asked.json === true)
  const done = new Set<string>()
  const round = async (): Promise<void> => {
    tally.begin()
    for await (const collected of collectInbox(collecting, done, stop)) tally.add(collected)
  }
  try {
    if (!asked.watch) await round()
    else {
      screen.remark(words('clientCommand.watching', { count: asked.every }))
      await watch(round, asked.every, stop, (reason) =>
        screen.remark(
          reason === null
            ? words('clientCommand.back')
            : plain(words('clientCommand.away', { reason: sentenceOf(reason, words) })),
        ),
      )
    }
  } finally {
    tally.end()
  }
  return tally.failed() > 0 ? 1 : 0
}

/** Aborted by the first SIGTERM or SIGINT; the second ends the process at once. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController()
  const stop = (): void => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.off(signal, stop)
    stopping.abort()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
  return stopping.signal
}
