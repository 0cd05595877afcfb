import { z } from 'zod'
import type { Tx } from '../kit/database.ts'
import { action } from '../permissions/action.ts'
import { mayEver, type Actor } from '../permissions/decide.ts'
import { countAwaiting } from './confirmations-store.ts'
import { listSigned, organisationsOf, type OrganisationProgress, type Signed } from './progress-store.ts'
import { lastRoundOf, listRounds, type CountedRound, type Round } from './rounds-store.ts'
import { scopeOf, type Scope } from './rules.ts'

/** What somebody has to do in the last round, and what was signed over the years. */
export interface OwnPart {
  /** Null before the first round. */
  round: Round | null
  organisations: OrganisationProgress[]
  signed: Signed[]
  scope: Scope
}

/** What whoever runs the audit sees: its rounds, and how many people only the department answers for. */
export interface NationalPart {
  rounds: CountedRound[]
  awaiting: number
}

/** The audit of users as each sees it: to confirm people, to run it, or both. */
export const showOverview = action({
  name: 'user-audits.show',
  permission: ['confirm-people', 'run-user-audit'],
  input: z.strictObject({}),
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (own) => [own],
  run: async ({ tx, actor }) => ({
    own: mayEver(actor, 'confirm-people') ? await ownPart(tx, actor) : null,
    national: mayEver(actor, 'run-user-audit') ? await nationalPart(tx, actor) : null,
  }),
  auditSubject: () => null,
})

async function ownPart(tx: Tx, actor: Actor): Promise<OwnPart> {
  const scope = scopeOf(actor)
  const { la, organisation } = scope
  const round = await lastRoundOf(tx, { la, organisation })
  return {
    scope,
    round,
    organisations: round ? await organisationsOf(tx, round.id, { la, organisation }) : [],
    signed: await listSigned(tx, { la, organisation }),
  }
}

async function nationalPart(tx: Tx, actor: Actor): Promise<NationalPart> {
  return {
    rounds: await listRounds(tx),
    awaiting: await countAwaiting(tx, { ...scopeOf(actor), la: null, organisation: null }),
  }
}

/**
 * How many people await an answer that somebody may give in the rounds that are open; null for who never answers for
 * others.
 */
export async function confirmationsAwaiting(tx: Tx, actor: Actor): Promise<number | null> {
  if (!mayEver(actor, 'confirm-people') && !mayEver(actor, 'run-user-audit')) return null
  return countAwaiting(tx, scopeOf(actor))
}
