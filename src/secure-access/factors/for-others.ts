import { z } from 'zod'
import {
  invite,
  livePerson,
  memberOf,
  noteAccountEvent,
  redeemInvitation,
  refuseTakeover,
  signOutEverywhere,
  type Member,
} from '../../accounts/index.ts'
import { otherProviderOf } from '../../kit/config.ts'
import type { Tx } from '../../kit/database.ts'
import { dateTimeInWords } from '../../kit/pages/dates.ts'
import { Refusal } from '../../kit/refusal.ts'
import { action } from '../../permissions/action.ts'
import type { Actor } from '../../permissions/decide.ts'
import type { Permission } from '../../permissions/table.ts'
import type { World } from '../../world.ts'
import { hashPassword } from '../passwords.ts'
import { keepCredential } from '../people-store.ts'
import { readableSecret } from '../readable.ts'
import { listFactors, removeFactors } from './store.ts'

const HOUR = 3_600_000

/** Four groups: 79 bits. */
const GROUPS = 4

/**
 * What somebody does for a person who cannot sign in. The national administrator resets factors for whom it sets up,
 * the database administrators of LAs (guidance for local authorities §3.1); all others look after those in their reach.
 */
const FOR_OTHERS = {
  permission: ['manage-people', 'set-up-dba'],
  input: z.strictObject({
    organisation: z.string().regex(/^[0-9A-Z]{7}$/),
    id: z.string().regex(/^[\w-]{1,64}$/),
  }),
  asksAgain: true,
  async find({
    world,
    input: { organisation, id },
  }: {
    world: World
    input: { organisation: string; id: string }
  }): Promise<Member | null> {
    // who signs in at another provider has neither a password nor a factor here
    if (otherProviderOf(world.config) !== null) return null
    const member = await memberOf(world.db, organisation, id)
    return member && member.endedAt === null ? member : null
  },
  business({ organisation, roles }: Member, _input: unknown, by: Permission): readonly string[] {
    return by === 'set-up-dba' && !roles.includes('lea-dba') ? [] : [organisation]
  },
  auditSubject: ({ id }: { id: string }) => id,
} as const

/**
 * Whoever is shown a password could sign in by it: not the national administrator, who sees no pupil's record, for a
 * DBA, who does.
 */
const OF_PASSWORDS = { ...FOR_OTHERS, permission: 'manage-people' } as const

/** Looks at whether a one-time password may be made for a person. */
export const offerOneTimePassword = action({
  ...OF_PASSWORDS,
  name: 'secure-access.offer-one-time-password',
  audited: 'refusals',
  async run({ tx, world, actor, by, subject }) {
    await refuseTakeover(tx, { actor, by }, subject)
    return { member: subject, hours: world.config.invitationHours }
  },
})

/**
 * Makes a one-time password for a person who cannot get a link by mail: it is told to the actor once, must be changed
 * at the first sign-in, and ends like an invitation. What the person has open ends, and so does every link that was
 * sent; the person is told by mail that it was done.
 */
export const makeOneTimePassword = action({
  ...OF_PASSWORDS,
  name: 'secure-access.make-one-time-password',
  async prepare(): Promise<{ password: string; passwordHash: string }> {
    const password = readableSecret(GROUPS)
    return { password, passwordHash: await hashPassword(password) }
  },
  async run({ tx, world, actor, by, subject, prepared, now }) {
    await refuseTakeover(tx, { actor, by }, subject)
    const goodUntil = new Date(now.getTime() + world.config.invitationHours * HOUR)
    // marks the person as activated, and ends every other link
    const { token } = await invite(tx, subject.id, now)
    await redeemInvitation(tx, token, now)
    await keepCredential(
      tx,
      subject.id,
      { passwordHash: prepared.passwordHash, mustChange: true, goodUntil },
      now,
    )
    await signOutEverywhere(tx, subject.id)
    await noteAccountEvent(tx, subject, { event: 'one-time-password', by: actor, at: now })
    await tell(world, tx, subject, { template: 'factors-one-time-password', actor, now })
    return { member: subject, password: prepared.password, until: goodUntil }
  },
})

/** Looks at whether a person's second factors may be removed. */
export const offerResetFactors = action({
  ...FOR_OTHERS,
  name: 'secure-access.offer-reset-factors',
  audited: 'refusals',
  async run({ tx, actor, by, subject }) {
    await refuseTakeover(tx, { actor, by }, subject)
    return { member: subject, count: (await listFactors(tx, subject.id)).length }
  },
})

/**
 * Removes the second factors of a person who lost them, such as a telephone: the next sign-in sets one up again where
 * the policy needs one. What the person has open ends; the person is told by mail.
 */
export const resetFactors = action({
  ...FOR_OTHERS,
  name: 'secure-access.reset-factors',
  async run({ tx, world, actor, by, subject, now }) {
    await refuseTakeover(tx, { actor, by }, subject)
    if ((await removeFactors(tx, subject.id)) === 0) throw new Refusal('conflict', 'factors-none-of-person')
    await signOutEverywhere(tx, subject.id)
    await noteAccountEvent(tx, subject, { event: 'factors-reset', by: actor, at: now })
    await tell(world, tx, subject, { template: 'factors-reset', actor, now })
    return subject
  },
})

/** Tells the person what was done, by whom and when; nothing by which anybody signs in. */
async function tell(
  { mailer }: Pick<World, 'mailer'>,
  tx: Tx,
  { id }: Member,
  { template, actor, now }: { template: string; actor: Actor; now: Date },
): Promise<void> {
  const person = await livePerson(tx, id)
  if (!person) throw new Refusal('conflict', 'person-nowhere')
  const at = { en: dateTimeInWords(now, 'en'), cy: dateTimeInWords(now, 'cy') }
  const to = [{ address: person.email, name: person.name, language: person.language }]
  await mailer.queue(tx, [{ template, to, params: { at, by: actor.name }, about: id }])
}
