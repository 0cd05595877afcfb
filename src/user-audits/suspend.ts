import { endMembership, lockAdministrators } from '../accounts/index.ts'
import { bothNames } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { lockOverdue, type Overdue } from './clock-store.ts'
import { setAnswers } from './confirmations-store.ts'
import { dateInBoth, type ClockWorld } from './tell.ts'

/** Memberships that are suspended in one transaction. */
const AT_ONCE = 50

/** Far more national administrators than there are. */
const ADMINISTRATORS = 1000

/**
 * Suspends memberships of a round that nobody confirmed until its last day, and tells their people. Gives how many
 * they were; 0 when none is left.
 */
export function suspendOverdue(world: ClockWorld, round: string): Promise<number> {
  return world.db.transaction().execute(async (tx) => {
    const some = await lockOverdue(tx, { round, national: false, limit: AT_ONCE })
    for (const one of some) await suspend(world, tx, one)
    return some.length
  })
}

/**
 * The same for national administrators, but for the last: without one nobody could open a round or set up a database
 * administrator any more.
 */
export function suspendAdministrators(world: ClockWorld, round: string): Promise<void> {
  return world.db.transaction().execute(async (tx) => {
    // their persons first: two processes that each ended one of the last two would leave none
    const left = await lockAdministrators(tx)
    const some = await lockOverdue(tx, { round, national: true, limit: ADMINISTRATORS })
    for (const one of some) {
      if (left.size === 1 && left.has(one.person)) continue
      left.delete(one.person)
      await suspend(world, tx, one)
    }
  })
}

async function suspend({ audit, clock, mailer }: ClockWorld, tx: Tx, one: Overdue): Promise<void> {
  const { id, person, username, organisation, name, email, language } = one
  const at = clock.now()
  if ((await setAnswers(tx, [id], { answer: 'suspended', by: null, at })).length === 0) return
  await endMembership(tx, { id: person, username, organisation }, { as: 'suspended', because: 'audit', at })
  await audit.write(tx, {
    at,
    actorKind: 'service',
    actor: 'user-audits',
    organisation,
    action: 'user-audits.suspend',
    outcome: 'done',
    reason: null,
    subject: person,
    address: null,
  })
  await mailer.queue(tx, [
    {
      template: 'user-audit-suspended-you',
      to: [{ address: email, name, language }],
      params: { organisation: bothNames(one), due: dateInBoth(new Date(one.dueOn)) },
      about: person,
    },
  ])
}
