import { setTimeout as sleep } from 'node:timers/promises'

/** One go at the database. `run` says whether its owner keeps the database for its next turn (an open transaction). */
interface Turn<Owner> {
  owner: Owner | null
  run(): Promise<boolean>
}

/** Who may use the one session that the embedded database has, one after the other. */
export interface Turns<Owner extends object> {
  /** Queues one go of `owner` (null: of the server itself); owners come in the order of asking. */
  ask(owner: Owner | null, run: Turn<Owner>['run']): void
  /** `owner` is gone: its queued goes are dropped, and if it holds the database `undo` runs before anybody else's. */
  leave(owner: Owner, undo: () => Promise<void>): void
  /** Waits until no go runs and nobody holds the database, `limit` milliseconds at most. */
  quiet(limit: number): Promise<void>
}

/**
 * A queue in which an owner keeps the database from the first message of a transaction to its end, while the others
 * wait. `onFailed` is told of a go that throws (the engine broke); none is run after it. An owner that keeps the
 * database for `patience` milliseconds without using it is given to `onStalled`.
 */
export function takeTurns<Owner extends object>(options: {
  patience: number
  onStalled: (owner: Owner) => void
  onFailed: (error: unknown) => void
}): Turns<Owner> {
  let waiting: Turn<Owner>[] = []
  let holder: Owner | null = null
  let running = false
  let stalled: NodeJS.Timeout | undefined
  const atRest = (): boolean => !running && !holder

  const next = (): Turn<Owner> | undefined => {
    const index = holder ? waiting.findIndex((turn) => turn.owner === holder) : 0
    return index < 0 ? undefined : waiting.splice(index, 1)[0]
  }
  const go = async (): Promise<void> => {
    if (running) return
    running = true
    for (let turn = next(); turn; turn = next()) {
      clearTimeout(stalled)
      holder = (await turn.run()) ? turn.owner : null
    }
    running = false
    if (holder) stalled = setTimeout(options.onStalled, options.patience, holder)
  }
  const start = (): void => void go().catch(options.onFailed)
  return {
    ask(owner, run) {
      waiting.push({ owner, run })
      start()
    },
    leave(owner, undo) {
      waiting = waiting.filter((turn) => turn.owner !== owner)
      const run = async (): Promise<boolean> => {
        if (holder === owner) await undo()
        return false
      }
      waiting.unshift({ owner, run })
      start()
    },
    async quiet(limit) {
      const until = performance.now() + limit
      while (!atRest() && performance.now() < until) await sleep(10)
    },
  }
}
