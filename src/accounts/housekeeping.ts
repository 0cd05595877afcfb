import type { Tx } from '../kit/database.ts'
import { dateInWords } from '../kit/pages/dates.ts'
import type { World } from '../world.ts'
import {
  administrators,
  forgetWarning,
  lockAdministrators,
  lockNeverCame,
  lockUnused,
  organisationsOf,
  takeToWarn,
  type KeptAccount,
} from './housekeeping-store.ts'
import type { Ending, EndingReason } from './members-store.ts'
import { endMembership } from './members.ts'

/** What housekeeping works with. */
export type HouseWorld = Pick<World, 'db' | 'audit' | 'clock' | 'config' | 'mailer'>

/** Accounts that are seen to in one transaction. */
const AT_ONCE = 50

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

/**
 * What is done to accounts by the clock, once a day: who was invited and never came is archived; who has not signed in
 * for long is warned by e-mail, once, and then suspended. Database administrators and the last national administrator
 * are warned only: without them nobody could set up others. Accounts of people alone; each step is a transaction that
 * takes what no other process has, so that several may do this at once.
 */
export async function keepAccounts(world: HouseWorld): Promise<void> {
  for (const step of [archiveNeverCame, warnUnused, suspendUnused]) while ((await step(world)) > 0);
  await suspendUnusedAdministrators(world)
}

const ago = ({ clock }: HouseWorld, count: number): Date => new Date(clock.now().getTime() - count * DAY)

function archiveNeverCame(world: HouseWorld): Promise<number> {
  const { invitationUnusedDays, invitationHours } = world.config
  const before = ago(world, invitationUnusedDays)
  return world.db.transaction().execute(async (tx) => {
    const some = await lockNeverCame(tx, { before, invitationHours, limit: AT_ONCE })
    for (const one of some) await end(world, tx, one, 'archived', 'never-activated')
    return some.length
  })
}

function warnUnused(world: HouseWorld): Promise<number> {
  const { clock, config, mailer } = world
  const now = clock.now()
  const before = ago(world, Math.max(0, config.accountUnusedDays - config.accountWarningDays))
  return world.db.transaction().execute(async (tx) => {
    const some = await takeToWarn(tx, { before, now, limit: AT_ONCE })
    const national = await administrators(tx)
    for (const one of some) {
      const isKept = one.isDba || (national.size === 1 && national.has(one.id))
      const used = one.usedAt!.getTime()
      const end = Math.max(
        used + config.accountUnusedDays * DAY,
        now.getTime() + config.accountWarningDays * DAY,
      )
      const params = { used: inBoth(new Date(used)), end: inBoth(new Date(end)) }
      await mailer.queue(tx, [
        { template: isKept ? 'account-unused-kept' : 'account-unused', to: [to(one)], params, about: one.id },
      ])
    }
    return some.length
  })
}

function suspendUnused(world: HouseWorld): Promise<number> {
  return world.db.transaction().execute(async (tx) => {
    const some = await lockUnused(tx, { ...unusedSince(world), national: false, limit: AT_ONCE })
    for (const one of some) await suspend(world, tx, one)
    return some.length
  })
}

function suspendUnusedAdministrators(world: HouseWorld): Promise<void> {
  return world.db.transaction().execute(async (tx) => {
    const left = await lockAdministrators(tx)
    for (const one of await lockUnused(tx, { ...unusedSince(world), national: true, limit: AT_ONCE })) {
      if (left.size === 1 && left.has(one.id)) continue
      left.delete(one.id)
      await suspend(world, tx, one)
    }
  })
}

function unusedSince(world: HouseWorld): { before: Date; warned: Date } {
  const { accountUnusedDays, accountWarningDays } = world.config
  return { before: ago(world, accountUnusedDays), warned: ago(world, accountWarningDays) }
}

async function suspend(world: HouseWorld, tx: Tx, one: KeptAccount): Promise<void> {
  await forgetWarning(tx, one.id)
  await end(world, tx, one, 'suspended', 'unused')
}

/** Ends a person everywhere, and tells the person. */
async function end(
  { audit, clock, mailer }: HouseWorld,
  tx: Tx,
  one: KeptAccount,
  as: Ending,
  because: EndingReason,
): Promise<void> {
  const at = clock.now()
  for (const organisation of await organisationsOf(tx, one.id)) {
    await endMembership(tx, { id: one.id, username: one.username, organisation }, { as, because, at })
    await audit.write(tx, {
      at,
      actorKind: 'service',
      actor: 'housekeeping',
      organisation,
      action: 'accounts.keep',
      outcome: 'done',
      reason: because,
      subject: one.id,
      address: null,
    })
  }
  const template = because === 'unused' ? 'account-unused-suspended' : 'account-unused-invitation'
  await mailer.queue(tx, [{ template, to: [to(one)], params: {}, about: one.id }])
}

const to = ({ email, name, language }: KeptAccount) => ({ address: email, name, language })

const inBoth = (at: Date) => ({ en: dateInWords(at, 'en'), cy: dateInWords(at, 'cy') })
