import type { Tx } from '../kit/database.ts'
import type { World } from '../world.ts'
import { tellAsker, tellKeepers } from './announce.ts'
import { forgetTexts, noteOverdue, noteReminded, takeDue, type Due } from './clock-store.ts'
import { KEPT_DAYS, nextStage } from './rules.ts'
import { addEvent, endRequest, keepersOf, moveRequest, type RequestRow } from './store.ts'
import { requestedName } from './wordings.ts'

const DAY = 24 * 60 * 60_000

/** Turns of each kind in one run: what is left is dealt with by the next. */
const TURNS_MOST = 500

/** What the clock uses of the world. */
export type ClockWorld = Pick<World, 'db' | 'clock' | 'config' | 'audit' | 'mailer'>

/**
 * What requests do by the clock: those who are asked are reminded a day before a request is overdue; one that is overdue
 * goes to whoever stands above; one that nobody answered is closed; and a year after its end its texts are forgotten.
 * Any number of processes may run it, as often as they like.
 */
export async function workOnRequests(world: ClockWorld): Promise<void> {
  const { requestOverdueDays, requestClosedDays } = world.config
  const before = (days: number): Date => new Date(world.clock.now().getTime() - days * DAY)
  await deal(world, { what: 'close', askedBy: before(requestClosedDays) }, close)
  await deal(world, { what: 'climb', stageBy: before(requestOverdueDays) }, climb)
  // with one day there is none before it
  if (requestOverdueDays > 1)
    await deal(world, { what: 'remind', stageBy: before(requestOverdueDays - 1) }, remind)
  for (let turn = 0; turn < TURNS_MOST; turn += 1) {
    const forgotten = await world.db
      .transaction()
      .execute((tx) => forgetTexts(tx, before(KEPT_DAYS), world.clock.now()))
    if (forgotten === 0) return
  }
}

type Step = (world: ClockWorld, tx: Tx, request: RequestRow) => Promise<void>

/** Takes what is due, few at a time, until nothing is; each with its row of the audit. */
async function deal(world: ClockWorld, due: Due, step: Step): Promise<void> {
  for (let turn = 0; turn < TURNS_MOST; turn += 1) {
    const taken = await world.db.transaction().execute(async (tx) => {
      const requests = await takeDue(tx, due)
      for (const request of requests) {
        await step(world, tx, request)
        await audit(world, tx, due.what, request)
      }
      return requests.length
    })
    if (taken === 0) return
  }
}

function audit({ audit, clock }: ClockWorld, tx: Tx, what: Due['what'], { id }: RequestRow): Promise<void> {
  return audit.write(tx, {
    at: clock.now(),
    actorKind: 'service',
    actor: 'service',
    organisation: null,
    action: `requests.${what}`,
    outcome: 'done',
    reason: null,
    subject: id,
    address: null,
  })
}

async function remind(world: ClockWorld, tx: Tx, request: RequestRow): Promise<void> {
  const at = world.clock.now()
  await noteReminded(tx, request.id, at)
  await addEvent(tx, request.id, { at, what: 'reminded', person: null })
  const keepers = await keepersOf(tx, request.organisation)
  await tellKeepers(world, tx, request, keepers, { template: 'request-reminder' })
}

async function climb(world: ClockWorld, tx: Tx, request: RequestRow): Promise<void> {
  const { id, organisation, stage: from, person } = request
  const at = world.clock.now()
  if (from === 'national') {
    await noteOverdue(tx, id, at)
    return addEvent(tx, id, { at, what: 'overdue', person: null })
  }
  const keepers = await keepersOf(tx, organisation)
  const to = nextStage(from, organisation, keepers, person)
  await moveRequest(tx, id, { from, to, what: 'overdue', at, by: null })

  await tellKeepers(world, tx, { ...request, stage: to }, keepers, { template: 'request-overdue' })
}

async function close(world: ClockWorld, tx: Tx, request: RequestRow): Promise<void> {
  await endRequest(tx, request.id, { state: 'closed', what: 'closed', at: world.clock.now(), by: null })
  const what = await requestedName(tx, request, request.roles)
  await tellAsker(world, tx, request, { template: 'request-closed', params: { what } })
}
