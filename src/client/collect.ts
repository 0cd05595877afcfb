import { listAnswer, type FileAnswer } from './answers.ts'
import { collectFile, type Collecting, type CollectOutcome } from './collect-file.ts'
import { pause, type Connection } from './connection.ts'
import { concernsAll, isExpected, isPassing, type ClientFault, type ServiceRefusal } from './fault.ts'
import { forgetOthers } from './folder.ts'
import { pauseOfWatcher } from './rules.ts'

/** What became of one file: `outcome`, or the `error` that leaves it awaiting. */
export type Collected =
  { file: FileAnswer; outcome: CollectOutcome } | { file: FileAnswer; error: ClientFault | ServiceRefusal }

/** Pages of a list that are read at most: 100 files each. */
const PAGES = 1000

/** Every file that awaits us, oldest first. */
async function listAwaiting(connection: Connection): Promise<FileAnswer[]> {
  const files: FileAnswer[] = []
  let after = ''
  for (let page = 0; page < PAGES; page += 1) {
    const { items, next } = await connection.call({
      path: `api/v1/files?box=inbox&status=awaiting${after}`,
      read: (answer) => answer.json(listAnswer),
    })
    files.push(...items)
    if (next === null) break
    after = `&after=${encodeURIComponent(next)}`
  }
  return files.reverse()
}

/**
 * Collects each file that awaits us, one after the other, until `stop` is aborted; a file under way is finished.
 * @param done ids of files that this run leaves alone; those that stay unconfirmed on purpose are added
 * @throws ClientFault or ServiceRefusal when the service is away or does not know us
 */
export async function* collectInbox(
  collecting: Collecting,
  done: Set<string>,
  stop: AbortSignal,
): AsyncGenerator<Collected> {
  const awaiting = await listAwaiting(collecting.connection)
  await forgetOthers(collecting.folder.path, new Set(awaiting.map(({ id }) => id)))
  for (const file of awaiting.filter(({ id }) => !done.has(id))) {
    if (stop.aborted) return
    try {
      const outcome = await collectFile(collecting, file)
      if (!collecting.confirm) done.add(file.id)
      yield { file, outcome }
    } catch (error) {
      if (!isExpected(error) || concernsAll(error)) throw error
      yield { file, error }
    }
  }
}

/** Told when the service went away, with the reason (once), and when it is back: null. */
export type AwayNotice = (reason: ClientFault | ServiceRefusal | null) => void

/** Does `round` every so many seconds until `stop` is aborted; while the service is away, more and more seldom. */
export async function watch(
  round: () => Promise<void>,
  every: number,
  stop: AbortSignal,
  notice: AwayNotice,
): Promise<void> {
  let away = 0
  while (!stop.aborted) {
    let asked: number | null = null
    try {
      await round()
      if (away > 0) notice(null)
      away = 0
    } catch (error) {
      if (!isPassing(error)) throw error
      if (away === 0) notice(error)
      asked = error.retryAfter
      away += 1
    }
    await pause(pauseOfWatcher(every, away, asked), stop)
  }
}
