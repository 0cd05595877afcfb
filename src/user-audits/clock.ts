import { closeFinished, overdueRounds, takeYearOld } from './clock-store.ts'
import { settleEnded } from './confirmations-store.ts'
import { suspendAdministrators, suspendOverdue } from './suspend.ts'
import { tellClosed, tellOrganisations, tellYear, type ClockWorld } from './tell.ts'

/**
 * What rounds do by the clock: tell of their opening, remind, suspend after the last day who was not confirmed, tell of
 * that, close, and after 12 months remind of the next. Each step is a transaction that takes what no other process has,
 * so any number may do this at once, and what one left when it died the next takes up.
 */
export async function keepRounds(world: ClockWorld): Promise<void> {
  await untilNone(() => tellOrganisations(world, 'opened'))
  await untilNone(() => tellOrganisations(world, 'reminder'))
  for (const round of await overdueRounds(world.db, world.clock.now())) {
    await untilNone(() => suspendOverdue(world, round))
    await suspendAdministrators(world, round)
  }
  await untilNone(() => tellOrganisations(world, 'suspended'))
  const now = world.clock.now()
  await world.db.transaction().execute(async (tx) => {
    for (const round of await closeFinished(tx, now)) {
      await settleEnded(tx, { round: round.id, la: null, organisation: null })
      await tellClosed(world, tx, round)
    }
  })
  await world.db.transaction().execute(async (tx) => {
    for (const round of await takeYearOld(tx, now)) await tellYear(world, tx, round)
  })
}

async function untilNone(step: () => Promise<number>): Promise<void> {
  while ((await step()) > 0);
}
