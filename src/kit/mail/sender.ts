import type { Logger } from 'pino'
import type { Database } from '../database.ts'
import { newId } from '../ids.ts'
import { openCircuit } from './circuit.ts'
import type { Letter } from './compose.ts'
import { step, type Patience } from './patience.ts'
import type { Outcome, Post } from './post.ts'
import {
  holdMails,
  keepHolding,
  markInterrupted,
  markSending,
  settleMails,
  type HeldMail,
  type Settled,
} from './store.ts'

/** Takes mails from the outbox to the post. */
export interface Sender {
  start(): void
  /** Looks at the outbox now. */
  wake(): void
  /** Finishes what is under way, breaking it off when it takes too long; the rest stays in the outbox. */
  stop(): Promise<void>
}

/** What a sender works with. `compose` makes the letter of a mail; what it throws makes the mail dead. */
export interface SenderParts {
  db: Database
  post: Post
  compose: (mail: HeldMail) => Letter
  patience: Patience
  log: Logger
}

/** A sender, not yet started. Any number of them, in any processes, may work on one outbox. */
export function openSender({ db, post, compose, patience, log }: SenderParts): Sender {
  const holder = newId()
  const { hold } = patience
  const circuit = openCircuit(patience)
  const held = new Map<string, HeldMail>()
  const underWay = new Set<Promise<void>>()
  const alarm = openAlarm()
  let stopping = false
  let looping: Promise<void> | null = null
  let keeping: NodeJS.Timeout | undefined

  const now = (): number => performance.now()

  async function settle(outcomes: readonly Outcome[]): Promise<void> {
    for (const outcome of outcomes) {
      if (outcome.kind === 'sent') circuit.went()
      else {
        circuit.failed(now(), outcome.kind === 'unreachable')
        log.warn({ mail: outcome.id, outcome: outcome.kind }, 'e-mail not sent')
      }
    }
    const settled = outcomes.map((outcome) =>
      settledAs(outcome, held.get(outcome.id)?.attempts ?? 0, patience),
    )
    await settleMails(db, holder, settled)
    for (const { id } of outcomes) held.delete(id)
  }

  async function handingOver(id: string): Promise<void> {
    if (!(await markSending(db, holder, id))) throw new Error('the mail is no longer held')
  }

  /** Letters of mails; those that cannot be written are dead. */
  async function write(mails: readonly HeldMail[]): Promise<Letter[]> {
    const letters: Letter[] = []
    for (const mail of mails) {
      try {
        letters.push(compose(mail))
      } catch (error) {
        await settle([
          { id: mail.id, kind: 'refused', error: error instanceof Error ? error.message : 'not written' },
        ])
      }
    }
    return letters
  }

  async function deliver(mails: readonly HeldMail[]): Promise<void> {
    try {
      const goOn = (): boolean => !stopping && circuit.waitFor(now()) === 0
      await post.carry(await write(mails), { handingOver, settle, goOn })
      await release(mails.filter(({ id }) => held.has(id)))
    } catch (error) {
      // the database is away: the hold runs out and the mails are due again, or uncertain
      log.error({ err: error }, 'outbox not written')
    } finally {
      for (const { id } of mails) held.delete(id)
    }
  }

  async function release(mails: readonly HeldMail[]): Promise<void> {
    if (mails.length === 0) return
    const untouched = mails.map(
      ({ id }) => ({ id, state: 'queued', tried: false, delay: 0, error: null }) as const,
    )
    await settleMails(db, holder, untouched)
  }

  /** Takes mails under way if any are due and a line is free; else says how many milliseconds to rest. */
  async function round(): Promise<number> {
    const poll = patience.poll * 1000
    const pause = circuit.waitFor(now())
    if (pause > 0) return Math.min(pause, poll)
    const lines = circuit.probing() ? 1 : post.lines
    if (underWay.size >= lines) {
      await Promise.race(underWay)
      return 0
    }
    const mails = await holdMails(db, { holder, hold, limit: circuit.probing() ? 1 : post.batch })
    if (mails.length === 0) return poll
    for (const mail of mails) held.set(mail.id, mail)
    const work = deliver(mails).finally(() => underWay.delete(work))
    underWay.add(work)
    return 0
  }

  async function loop(): Promise<void> {
    for (;;) {
      if (stopping) return
      let rest = patience.poll * 1000
      try {
        rest = await round()
        if (rest > 0 && (await markInterrupted(db)) > 0)
          log.warn('e-mail interrupted while it was handed over')
      } catch (error) {
        log.error({ err: error }, 'outbox not read')
      }
      if (rest > 0 && !stopping) await alarm.rest(rest)
    }
  }

  function keep(): void {
    if (held.size === 0) return
    keepHolding(db, { holder, hold, ids: [...held.keys()] }).catch((error: unknown) =>
      log.error({ err: error }, 'outbox not written'),
    )
  }

  return {
    start() {
      keeping = setInterval(keep, (hold * 1000) / 3)
      looping = loop()
    },
    wake: () => alarm.ring(),
    async stop() {
      stopping = true
      alarm.ring()
      const late = setTimeout(() => post.breakOff(), patience.stop * 1000)
      await looping
      await Promise.all(underWay)
      clearTimeout(late)
      clearInterval(keeping)
    },
  }
}

const STATES = {
  sent: 'sent',
  unreachable: 'queued',
  deferred: 'queued',
  refused: 'dead',
  uncertain: 'uncertain',
} as const satisfies Record<Outcome['kind'], Settled['state']>

/** How an outcome stands in the outbox. Trouble with the server is not the mail's: it counts no attempt. */
function settledAs(outcome: Outcome, attempts: number, { delays }: Patience): Settled {
  return {
    id: outcome.id,
    state: STATES[outcome.kind],
    tried: outcome.kind !== 'unreachable',
    delay: outcome.kind === 'deferred' ? step(delays, attempts + 1) : 0,
    error: outcome.kind === 'sent' ? null : outcome.error,
  }
}

/** A rest that a ring ends; a ring while nobody rests ends the next rest. */
function openAlarm(): { rest(milliseconds: number): Promise<void>; ring(): void } {
  let rung = false
  let end: (() => void) | null = null
  return {
    ring() {
      rung = true
      end?.()
    },
    async rest(milliseconds) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds)
          end = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      end = null
      rung = false
    },
  }
}
