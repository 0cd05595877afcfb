import { z } from 'zod'
import { endMembership, lockAdministrators } from '../accounts/index.ts'
import { bothNames, findEstablishments, type Establishment } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { action, type Running } from '../permissions/action.ts'
import type { World } from '../world.ts'
import {
  lockOpen,
  peopleForNational,
  peopleOf,
  setAnswers,
  type Confirmation,
} from './confirmations-store.ts'
import { listSigned, type Signed } from './progress-store.ts'
import { lastRoundOf, type Round } from './rounds-store.ts'
import { hindranceOf, scopeOf, type Hindrance } from './rules.ts'

/** The people of one organisation, or those whom only the department answers for, in the last round. */
export interface People {
  /** Null for those of several organisations. */
  organisation: Establishment | null
  /** Null where there was none yet. */
  round: Round | null
  people: Confirmation[]
  signed: Signed[]
}

const BY_ORGANISATION = ['confirm-people', 'run-user-audit'] as const

const code = z.string().regex(/^[0-9A-Z]{7}$/)

async function findOrganisation(world: World, code: string): Promise<Establishment | null> {
  return (await findEstablishments(world.db, [code])).get(code) ?? null
}

/** Everybody of an organisation in its last round: who was answered for, and who awaits it. */
export const showPeople = action({
  name: 'user-audits.show-people',
  permission: BY_ORGANISATION,
  input: z.strictObject({ organisation: code, id: z.array(z.uuid()).default([]) }),
  audited: 'refusals',
  find: ({ world, input }) => findOrganisation(world, input.organisation),
  business: ({ code }) => [code],
  async run({ tx, subject: organisation }): Promise<People> {
    const of = { organisation: organisation.code, la: null }
    const round = await lastRoundOf(tx, of)
    return {
      organisation,
      round,
      people: round ? await peopleOf(tx, round.id, organisation.code) : [],
      signed: round ? await listSigned(tx, { round: round.id, ...of }) : [],
    }
  },
  auditSubject: ({ organisation }) => organisation,
})

/** The people whom only the department answers for, in rounds that are open: database administrators, suppliers, its own. */
export const showNational = action({
  name: 'user-audits.show-national',
  permission: 'run-user-audit',
  input: z.strictObject({ id: z.array(z.uuid()).default([]) }),
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (own) => [own],
  run: async ({ tx }): Promise<People> => ({
    organisation: null,
    round: null,
    people: await peopleForNational(tx),
    signed: [],
  }),
  auditSubject: () => null,
})

/** People that can be answered for at once: those that a page shows. */
export const ANSWERED_AT_ONCE = 100

const answering = {
  id: z
    .array(z.uuid())
    .min(1)
    .max(ANSWERED_AT_ONCE)
    .transform((ids) => [...new Set(ids)]),
  // what is said of them; `end` asks whether it is meant, `ended` says so
  do: z.enum(['valid', 'end', 'ended']),
}

/** What came of an answer. */
export interface Answered {
  asked: 'valid' | 'end' | 'ended'
  ids: string[]
  /** For how many people it was taken. */
  taken: number
  /** How many somebody else had answered for before: the first answer holds. */
  late: number
}

/** Answers for people of an organisation: still valid, or no longer. */
export const answerPeople = action({
  name: 'user-audits.answer',
  permission: BY_ORGANISATION,
  input: z.strictObject({ organisation: code, ...answering }),
  find: ({ world, input }) => findOrganisation(world, input.organisation),
  business: ({ code }) => [code],
  run: (running) => answer(running, running.subject.code),
  auditSubject: ({ organisation, id, do: what }) => `${organisation} ${what} ${id.length}`,
})

/** Answers for people whom only the department answers for. */
export const answerNational = action({
  name: 'user-audits.answer-national',
  permission: 'run-user-audit',
  input: z.strictObject(answering),
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (own) => [own],
  run: (running) => answer(running, null),
  auditSubject: ({ id, do: what }) => `${what} ${id.length}`,
})

const REFUSED: Record<Hindrance, string> = {
  own: 'user-audit-own',
  dba: 'user-audit-dba',
  elsewhere: 'user-audit-elsewhere',
}

type AnswerRun = Pick<
  Running<{ id: string[]; do: Answered['asked'] }, unknown, undefined>,
  'actor' | 'input' | 'now' | 'tx' | 'world'
>

async function answer(running: AnswerRun, organisation: string | null): Promise<Answered> {
  const { tx, actor, input, now } = running
  const rows = await lockOpen(tx, input.id)
  // one of another organisation, or of a round that is closed meanwhile
  if (
    rows.length < input.id.length ||
    rows.some((one) => organisation !== null && one.organisation !== organisation)
  )
    throw new Refusal('conflict', 'user-audit-over')
  const scope = scopeOf(actor)
  for (const row of rows) {
    const hindrance = hindranceOf(scope, row)
    if (hindrance) throw new Refusal('conflict', REFUSED[hindrance])
  }
  const open = rows.filter((row) => row.answer === null)
  const counted = { asked: input.do, ids: input.id, taken: open.length, late: rows.length - open.length }
  if (input.do === 'end') return counted
  const by = { id: actor.id, name: actor.name, organisation: actor.organisation }
  if (input.do === 'ended') await refuseLastAdministrator(tx, open)
  const ids = open.map(({ id }) => id)
  const taken = new Set(await setAnswers(tx, ids, { answer: input.do, by, at: now }))
  if (input.do === 'ended') for (const row of open) if (taken.has(row.id)) await end(running, row)
  return { ...counted, taken: taken.size, late: rows.length - taken.size }
}

/** Without a national administrator nobody could set up a database administrator any more. */
async function refuseLastAdministrator(tx: Tx, rows: readonly Confirmation[]): Promise<void> {
  const ending = rows.filter(({ roles }) => roles.includes('national-administrator'))
  if (ending.length === 0) return
  const left = await lockAdministrators(tx)
  for (const { person } of ending) left.delete(person)
  if (left.size === 0) throw new Refusal('conflict', 'user-audit-last-administrator')
}

/** Ends a membership that is no longer valid, in the audit by itself, and tells its person. */
async function end({ tx, world, actor, now }: AnswerRun, row: Confirmation): Promise<void> {
  const { person: id, username, organisation, name, email } = row
  const at = now
  await endMembership(tx, { id, username, organisation }, { as: 'archived', because: 'audit', by: actor, at })
  await world.audit.write(tx, {
    at,
    actorKind: actor.kind,
    actor: actor.id,
    organisation: actor.organisation,
    action: 'user-audits.end',
    outcome: 'done',
    reason: null,
    subject: `${organisation} ${id}`,
    address: actor.address,
  })
  await world.mailer.queue(tx, [
    {
      template: 'user-audit-ended',
      to: [{ address: email, name, language: row.language }],
      params: { organisation: bothNames(row) },
      about: id,
    },
  ])
}
