import { z } from 'zod'
import { signOutEverywhere } from '../accounts/index.ts'
import type { Tx } from '../kit/database.ts'
import { action } from '../permissions/action.ts'
import type { Actor } from '../permissions/decide.ts'
import type { World } from '../world.ts'
import { endOthers, endOwn, keepOpen, ownSessions, type OwnSession } from './own-store.ts'
import { sessionLimits } from './visits.ts'

const SESSION = z.string().regex(/^[0-9a-f]{64}$/)

function findOwn({ world, actor, now }: { world: World; actor: Actor; now: Date }): Promise<OwnSession[]> {
  return ownSessions(world.db, actor.id, sessionLimits(world.config, now))
}

/** Where a person is signed in. */
export const listOwnSessions = action({
  name: 'sessions.list-own',
  permission: 'own-account',
  input: z.strictObject({}),
  audited: 'refusals',
  find: findOwn,
  business: () => [],
  run: ({ subject }) => Promise.resolve(subject),
  auditSubject: () => null,
})

/**
 * A person ends a session of their own. What is open at Secure Access ends for all browsers, since one of them could
 * bring the session back without a password; the other sessions here go on.
 */
export const endOwnSession = action({
  name: 'sessions.end-own',
  permission: 'own-account',
  input: z.strictObject({ session: SESSION }),
  async find({ world, actor, input, now }) {
    const own = await findOwn({ world, actor, now })
    return own.find(({ id }) => id === input.session) ?? null
  },
  business: () => [],
  run: ({ tx, actor, subject }) => end(tx, actor.id, () => endOwn(tx, actor.id, subject.id)),
  auditSubject: ({ session }) => session,
})

/** A person ends every session of their own but one, and all that is open at Secure Access. */
export const endOtherSessions = action({
  name: 'sessions.end-others',
  permission: 'own-account',
  input: z.strictObject({ but: SESSION }),
  find: findOwn,
  business: () => [],
  run: ({ tx, actor, input }) => end(tx, actor.id, () => endOthers(tx, actor.id, input.but)),
  auditSubject: () => null,
})

async function end(tx: Tx, person: string, run: () => Promise<void>): Promise<void> {
  await run()
  await signOutEverywhere(tx, person)
  await keepOpen(tx, person)
}
