import { z } from 'zod'
import {
  announcedSchools,
  CHANGE_KINDS,
  decideProposal,
  findDetails,
  findProposal,
  insertProposal,
  listAuthorities,
  listProposals,
  noteApplied,
  refuseChange,
  type ListedProposal,
} from '../establishments/index.ts'
import { newId } from '../kit/ids.ts'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import { mayEver } from '../permissions/decide.ts'
import type { World } from '../world.ts'
import { dateField, laField, lineField, noteField, numberField, optional } from './fields.ts'
import { ownAuthority } from './list-schools.ts'
import { stateOn, takeEffect, tellDecided, tellProposed } from './register-change.ts'

/** Both who proposes a change and who keeps the register. */
const EITHER = ['propose-school', 'keep-register'] as const

/** The proposals of an LA, or all of them. */
export const showRegister = action({
  name: 'dba.show-register',
  permission: EITHER,
  input: z.strictObject({}),
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (organisation) => [organisation],
  run: async ({ tx, actor }) => ({
    isKeeper: mayEver(actor, 'keep-register'),
    proposals: await listProposals(tx, ownAuthority(actor)),
  }),
  auditSubject: () => null,
})

const kindInput = z.strictObject({ kind: z.enum(CHANGE_KINDS) })

/** Opens the form for a change of one kind. */
export const offerChange = action({
  name: 'dba.offer-change',
  permission: EITHER,
  input: kindInput,
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (organisation) => [organisation],
  run: async ({ tx, actor, input }) => {
    const la = ownAuthority(actor)
    return {
      kind: input.kind,
      isKeeper: la === null,
      authority: la === null ? null : await findDetails(tx, `${la}LLLL`),
      authorities: la === null ? await listAuthorities(tx) : [],
    }
  },
  auditSubject: () => null,
})

const changeInput = kindInput
  .extend({
    la: laField.optional(),
    number: numberField,
    nameEn: optional(lineField),
    nameCy: optional(lineField),
    town: optional(lineField),
    successor: optional(numberField),
    date: dateField,
    note: optional(noteField),
  })
  .refine(({ kind, nameEn }) => nameEn !== null || kind === 'close' || kind === 'merge', { path: ['nameEn'] })
  .refine(({ kind, successor }) => kind !== 'merge' || successor !== null, { path: ['successor'] })
  // four digits are of the LA; seven name it
  .refine(({ la, number }) => number.length === 4 || la === undefined || number.startsWith(la), {
    path: ['number'],
  })

/** What became of a change. */
export interface Proposed {
  id: string
  state: 'proposed' | 'confirmed' | 'applied'
}

/**
 * Proposes a change of the register for a school of the LA (guidance for local authorities §3.8: so that the finder is
 * updated at the same time); by the national administrator it is decided with that.
 */
export const proposeChange = action({
  name: 'dba.propose-change',
  permission: EITHER,
  input: changeInput,
  async find({ world, actor, input }) {
    const la = input.la ?? ownAuthority(actor) ?? input.number.slice(0, 3)
    if (input.number.length === 7 && !input.number.startsWith(la)) return null
    return findDetails(world.db, `${la}LLLL`)
  },
  business: ({ code }) => [code],
  async run(running): Promise<Proposed> {
    const { tx, actor, input, subject: authority, by, now } = running
    const whole = (number: string): string => (number.length === 4 ? `${authority.la}${number}` : number)
    const { la: _l, number, successor, note, ...change } = input
    const asked = { ...change, code: whole(number), successor: successor === null ? null : whole(successor) }
    const id = newId()
    const isKeeper = by === 'keep-register'
    if (!isKeeper) await refuseChange(tx, asked, await announcedSchools(tx))
    if (isKeeper) await takeEffect(running, asked)
    const state = isKeeper ? stateOn(asked.date, now) : 'proposed'
    const who = { proposedBy: actor.id, proposedFor: actor.organisation, proposedAt: now }
    await insertProposal(tx, { ...asked, id, note, state, ...who })
    if (!isKeeper) await tellProposed(running, (await findProposal(tx, id))!)
    return { id, state }
  },
  auditSubject: (_, answer) => answer?.id ?? null,
})

const proposalInput = z.strictObject({ id: z.string().regex(/^[\w-]{1,64}$/) })

function findAsked({
  world,
  input,
}: {
  world: World
  input: { id: string }
}): Promise<ListedProposal | null> {
  return findProposal(world.db, input.id)
}

const ofAuthority = ({ code }: ListedProposal): string[] => [`${code.slice(0, 3)}LLLL`]

/** One proposal. */
export const showProposal = action({
  name: 'dba.show-proposal',
  permission: EITHER,
  input: proposalInput,
  audited: 'refusals',
  find: findAsked,
  business: ofAuthority,
  run: ({ subject }) => Promise.resolve(subject),
  auditSubject: ({ id }) => id,
})

function tooLate(): never {
  throw new Refusal('conflict', 'register-decided')
}

/** The LA takes a proposal back before it is decided. */
export const withdrawProposal = action({
  name: 'dba.withdraw-proposal',
  permission: 'propose-school',
  input: proposalInput,
  find: findAsked,
  business: ofAuthority,
  async run({ tx, actor, input: { id }, now }) {
    const decision = { id, state: 'withdrawn', by: actor.id, at: now, reason: null } as const
    if (!(await decideProposal(tx, decision))) tooLate()
  },
  auditSubject: ({ id }) => id,
})

/** Confirms a proposal: the register, its links and the finder follow, at once or on its date. */
export const confirmProposal = action({
  name: 'dba.confirm-proposal',
  permission: 'keep-register',
  input: proposalInput,
  find: findAsked,
  business: ofAuthority,
  async run(running): Promise<Proposed> {
    const { tx, actor, input, subject: proposal, now } = running
    const { id } = input
    const state = stateOn(proposal.date, now)
    // first: of two at once the second waits here, and then sees that it comes too late
    if (!(await decideProposal(tx, { id, state, by: actor.id, at: now, reason: null }))) tooLate()
    await takeEffect(running, proposal)
    await tellDecided(running, proposal, 'confirmed')
    return { id, state }
  },
  auditSubject: ({ id }) => id,
})

/** Declines a proposal with a reason, which its LA reads with it. */
export const declineProposal = action({
  name: 'dba.decline-proposal',
  permission: 'keep-register',
  input: proposalInput.extend({ reason: noteField }),
  find: findAsked,
  business: ofAuthority,
  async run(running) {
    const { tx, actor, input, subject: proposal, now } = running
    const decision = { ...input, state: 'declined', by: actor.id, at: now } as const
    if (!(await decideProposal(tx, decision))) tooLate()
    await tellDecided(running, proposal, 'declined')
  },
  auditSubject: ({ id }) => id,
})

/** What an import, or somebody by hand, did before the date came: there is nothing left to do. */
const DONE_ALREADY = ['register-number-taken', 'register-school-closed']

/** A confirmed change takes effect on its date, by the clock. */
export const applyProposal = action({
  name: 'dba.apply-proposal',
  permission: 'keep-register',
  input: proposalInput,
  find: findAsked,
  business: ofAuthority,
  async run(running) {
    const { tx, input, subject: proposal, now } = running
    if (!(await noteApplied(tx, input.id, now))) tooLate()
    try {
      await takeEffect(running, proposal)
    } catch (error) {
      if (!(error instanceof Refusal && DONE_ALREADY.includes(error.code))) throw error
    }
  },
  auditSubject: ({ id }) => id,
})
