import { z } from 'zod'
import { approversOf, becomeApprover, noteAccountEvent } from '../accounts/index.ts'
import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import type { Actor } from '../permissions/decide.ts'
import type { World } from '../world.ts'
import { claimForShared } from './claim-for-shared.ts'
import { openCodeHash, type CodeHash } from './new-code.ts'
import { firstOfTooMany, noteWrongCode, putOff, type WrongKey } from './offer-store.ts'
import { offerTo } from './offer.ts'
import { readCode, WRONG_CODES } from './rules.ts'
import { issuerOf, takeCode } from './store.ts'
import { tellOfClaim } from './tell-of-claim.ts'

const HOUR = 60 * 60 * 1000

/** The approver role of the own organisation: whether it can be claimed, else whom to ask. */
export const offerClaim = action({
  name: 'approvers.offer-claim',
  permission: 'own-account',
  input: z.strictObject({}),
  audited: 'refusals',
  find: ({ world, actor, now }) => offerTo(world.db, actor, now),
  business: ({ organisation }) => [organisation.code],
  run: ({ subject }) => Promise.resolve(subject),
  auditSubject: () => null,
})

/** "Not now": Home leads there no more, and says so in a notice. */
export const putOffClaim = action({
  name: 'approvers.put-off',
  permission: 'own-account',
  input: z.strictObject({}),
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (organisation) => [organisation],
  run: ({ tx, actor, subject: organisation, now }) => putOff(tx, { person: actor.id, organisation }, now),
  auditSubject: () => null,
})

/**
 * Claims the approver role of the own organisation by its code, once (ICES Bulletin 65 §1). Whoever is signed in by a
 * shared account gets an account of their own, which has the role, and the shared one is archived.
 * Nobody claims it by a code of their own, since nobody changes their own access. Throws Refusal: `claim-taken`,
 * `claim-own-code` (409), `claim-code-shape`, `claim-code-wrong` (422), `claim-throttled` (429), and for a shared account
 * what `createPerson` throws.
 */
export const claimApprover = action({
  name: 'approvers.claim',
  permission: 'own-account',
  input: z.strictObject({
    code: z.string().max(200).default(''),
    // of whoever is signed in by a shared account
    name: z.string().max(200).default(''),
    email: z.string().max(300).default(''),
    username: z.string().max(100).default(''),
  }),
  find: ({ world, actor, now }) => offerTo(world.db, actor, now),
  business: ({ organisation }) => [organisation.code],
  async prepare({ world, actor, input, subject, now }) {
    if (subject.approvers.length > 0) throw new Refusal('conflict', 'claim-taken')
    const code = readCode(input.code)
    if (code === null) throw new Refusal('unacceptable', 'claim-code-shape')
    const hashes = await openCodeHash(world)
    await checkCode(world, actor, { hash: hashes.ofCode(code), hashes }, now)
    return hashes.ofCode(code)
  },
  async run({ world, tx, actor, input, subject, prepared: hash, now }) {
    await useCode(tx, actor, hash, now)
    const own = subject.shared ? await claimForShared(world, tx, { actor, asked: input, now }) : null
    const person = own?.person ?? actor.id
    if (!own) await becomeApprover(tx, { person, organisation: actor.organisation })
    const { organisation } = actor
    await noteAccountEvent(tx, { id: person, organisation }, { event: 'claimed', by: actor, at: now })
    await tellOfClaim(world, tx, { offer: subject, person, isNew: own !== null })
    return { person, own }
  },
  auditSubject: (_, answer) => answer && answer.person,
})

/** Uses the code up. Of two that claim at once one wins, and the other is told so. */
async function useCode(
  tx: Tx,
  { id: person, organisation }: Pick<Actor, 'id' | 'organisation'>,
  hash: Buffer,
  at: Date,
): Promise<void> {
  if (!(await takeCode(tx, { organisation, hash, person, at }))) throw await whyNot(tx, organisation)
}

/** Why a code cannot be used: somebody was faster, or it is wrong. */
async function whyNot(tx: Tx, organisation: string): Promise<Refusal> {
  const isTaken = (await approversOf(tx, organisation)).length > 0
  return isTaken ? new Refusal('conflict', 'claim-taken') : new Refusal('unacceptable', 'claim-code-wrong')
}

/** Counts wrong codes, by the person and by the network address; those side by side wait for one another. */
async function checkCode(
  { db }: Pick<World, 'db'>,
  { id, address, organisation }: Actor,
  { hash, hashes }: { hash: Buffer; hashes: CodeHash },
  at: Date,
): Promise<void> {
  const keys: WrongKey[] = [
    { key: hashes.ofTrier('person', id), most: WRONG_CODES.ofPerson },
    { key: hashes.ofTrier('address', address ?? ''), most: WRONG_CODES.fromAddress },
  ]
  const since = new Date(at.getTime() - HOUR)
  const refusal = await db.transaction().execute(async (tx) => {
    for (const key of keys) {
      const first = await firstOfTooMany(tx, key, since)
      if (first) return throttled(first.getTime() - since.getTime())
    }
    const issuer = await issuerOf(tx, { organisation, hash, at })
    if (issuer === id) return new Refusal('conflict', 'claim-own-code')
    if (issuer !== null) return null
    const refusal = await whyNot(tx, organisation)
    if (refusal.code === 'claim-code-wrong') await noteWrongCode(tx, keys, at)
    return refusal
  })
  if (refusal) throw refusal
}

function throttled(milliseconds: number): Refusal {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / 1000))
  return new Refusal('too-many', 'claim-throttled', {
    retryAfter,
    params: { minutes: Math.ceil(retryAfter / 60) },
  })
}
