import { z } from 'zod'
import { livePerson, membershipsOf, type LivePerson } from '../../accounts/index.ts'
import { otherProviderOf } from '../../kit/config.ts'
import type { Querying } from '../../kit/database.ts'
import { originOf } from '../../kit/origin.ts'
import { Refusal } from '../../kit/refusal.ts'
import { action } from '../../permissions/action.ts'
import type { Actor } from '../../permissions/decide.ts'
import type { World } from '../../world.ts'
import { listBrowsers, removeBrowser } from '../browsers-store.ts'
import { lockCredential } from '../people-store.ts'
import { addFactor, offerAuthenticator, offerPasskey, readFactor, type ReadFactor } from './add.ts'
import { passkeyPlace } from './passkeys.ts'
import { makeRecoveryCodes } from './recovery.ts'
import { FACTOR_NAME_MAX, factorRoles, needsFactor, readFactorName } from './rules.ts'
import {
  countRecoveryCodes,
  listFactors,
  removeFactor,
  removeRecoveryCodes,
  setFactorName,
  type Factor,
} from './store.ts'
import { tellOfFactors } from './tell.ts'

/** What a person looks after is their own; nothing is here of those who sign in at another provider. */
const OWN = {
  permission: 'own-account',
  business: () => [],
  async find({ world, actor }: { world: World; actor: Actor }): Promise<LivePerson | null> {
    return otherProviderOf(world.config) === null ? livePerson(world.db, actor.id) : null
  },
} as const

const NOTHING = z.strictObject({})
const NAMED = { name: z.string().max(500).optional() }
const ONE = { id: z.string().regex(/^[\w-]{1,64}$/) }

/** Whether the policy asks for a second factor of a person. */
async function isNeeded(
  { config, demonstration }: Pick<World, 'config' | 'demonstration'>,
  querying: Querying,
  person: string,
): Promise<boolean> {
  const roles = factorRoles(config.secondFactorRoles, demonstration)
  return needsFactor(roles, await membershipsOf(querying, person))
}

/** What a person has set up for signing in, and from which browsers they did. */
export const showSecurity = action({
  ...OWN,
  name: 'secure-access.show-security',
  input: NOTHING,
  audited: 'refusals',
  async run({ tx, world, subject: { id }, now }) {
    return {
      factors: await listFactors(tx, id),
      codes: await countRecoveryCodes(tx, id),
      browsers: await listBrowsers(tx, id, now),
      needed: await isNeeded(world, tx, id),
      passkeys: passkeyPlace(originOf(world.config)) !== null,
    }
  },
  auditSubject: () => null,
})

/** A person asks for what an authenticator app is set up with; `offer` is that of before. */
export const askForAuthenticator = action({
  ...OWN,
  name: 'secure-access.ask-for-authenticator',
  input: z.strictObject({ offer: z.string().max(2000).optional() }),
  audited: 'refusals',
  asksAgain: true,
  run: ({ world, subject, input }) => offerAuthenticator(world, subject, input.offer),
  auditSubject: () => null,
})

/** A person asks for what a passkey is set up with. */
export const askForOwnPasskey = action({
  ...OWN,
  name: 'secure-access.ask-for-passkey',
  input: NOTHING,
  audited: 'refusals',
  asksAgain: true,
  run: ({ world, tx, subject }) =>
    offerPasskey(world, tx, { person: subject, publicUrl: originOf(world.config) }),
  auditSubject: () => null,
})

/** A person adds an authenticator app or a passkey; the answer holds the recovery codes that came with the first. */
export const addOwnFactor = action({
  ...OWN,
  name: 'secure-access.add-factor',
  input: z.strictObject({
    kind: z.enum(['authenticator', 'passkey']),
    offer: z.string().max(2000),
    code: z.string().max(100).optional(),
    answer: z.string().max(20_000).optional(),
    ...NAMED,
  }),
  asksAgain: true,
  prepare({ world, actor, input: { kind, offer, code = '', answer = '' } }): Promise<ReadFactor> {
    const typed = { offer, code, answer: kind === 'passkey' ? answer : null }
    return readFactor(world, originOf(world.config), { person: actor.id, ...typed })
  },
  run: ({ world, tx, subject, prepared, input }) =>
    addFactor(world, tx, subject, nameOf(input.name), prepared),
  auditSubject: ({ kind }) => kind,
})

function nameOf(text: string | undefined): string {
  const name = readFactorName(text ?? '')
  if (name === null) throw new Refusal('unacceptable', 'factor-name', { params: { max: FACTOR_NAME_MAX } })
  return name
}

/** One factor of a person's own. */
const OWN_FACTOR = {
  permission: 'own-account',
  business: () => [],
  asksAgain: true,
  async find({ world, actor, input }: { world: World; actor: Actor; input: { id: string } }) {
    const person = await OWN.find({ world, actor })
    const factors = await listFactors(world.db, actor.id)
    const factor = factors.find(({ id }) => id === input.id)
    return person && factor ? { person, factor, isLast: factors.length === 1 } : null
  },
  auditSubject: ({ id }: { id: string }) => id,
} as const

/** A person looks at one of their factors. */
export const showOwnFactor = action({
  ...OWN_FACTOR,
  name: 'secure-access.show-factor',
  input: z.strictObject(ONE),
  audited: 'refusals',
  async run({ tx, world, subject: { person, factor, isLast } }): Promise<{ factor: Factor; stays: boolean }> {
    return { factor, stays: isLast && (await isNeeded(world, tx, person.id)) }
  },
})

/** A person names one of their factors otherwise. */
export const renameOwnFactor = action({
  ...OWN_FACTOR,
  name: 'secure-access.rename-factor',
  input: z.strictObject({ ...ONE, ...NAMED }),
  async run({ tx, world, subject: { person }, input: { id, name } }) {
    if (!(await setFactorName(tx, person.id, id, nameOf(name)))) throw new Refusal('not-found', 'not-found')
    await tellOfFactors(world, tx, person, 'renamed')
  },
})

/** A person removes one of their factors; not the last one while the policy needs one. */
export const removeOwnFactor = action({
  ...OWN_FACTOR,
  name: 'secure-access.remove-factor',
  input: z.strictObject(ONE),
  async run({ tx, world, subject: { person }, input: { id } }) {
    // one at a time, so that of the last two at once one stays
    await lockCredential(tx, person.id)
    const others = (await listFactors(tx, person.id)).filter((one) => one.id !== id)
    if (others.length === 0) {
      if (await isNeeded(world, tx, person.id)) throw new Refusal('conflict', 'factor-last')
      await removeRecoveryCodes(tx, person.id)
    }
    if (!(await removeFactor(tx, person.id, id))) throw new Refusal('not-found', 'not-found')
    await tellOfFactors(world, tx, person, 'removed')
  },
})

/** A person looks at how many recovery codes are left. */
export const showOwnCodes = action({
  ...OWN,
  name: 'secure-access.show-recovery-codes',
  input: NOTHING,
  audited: 'refusals',
  asksAgain: true,
  run: async ({ tx, subject }) => ({ codes: await countRecoveryCodes(tx, subject.id) }),
  auditSubject: () => null,
})

/** A person makes ten new recovery codes; the former ones end. Refuses those who have no second factor. */
export const makeOwnCodes = action({
  ...OWN,
  name: 'secure-access.make-recovery-codes',
  input: NOTHING,
  asksAgain: true,
  async run({ tx, world, subject }): Promise<string[]> {
    await lockCredential(tx, subject.id)
    if ((await listFactors(tx, subject.id)).length === 0) throw new Refusal('conflict', 'factors-none')
    await tellOfFactors(world, tx, subject, 'codesMade')
    return makeRecoveryCodes(world, tx, subject.id)
  },
  auditSubject: () => null,
})

/** A person has a browser forgotten: the next sign-in there counts as one from a new browser. */
export const forgetBrowser = action({
  ...OWN,
  name: 'secure-access.forget-browser',
  input: z.strictObject(ONE),
  async run({ tx, actor, input }) {
    if (!(await removeBrowser(tx, actor.id, input.id))) throw new Refusal('not-found', 'not-found')
  },
  auditSubject: ({ id }) => id,
})
