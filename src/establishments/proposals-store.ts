import { sql, type Querying, type Tx } from '../kit/database.ts'
import { mayEver, type Actor } from '../permissions/decide.ts'
import type { RegisterChange } from './keep-register.ts'

/** What became of a proposal; confirmed: it takes effect on its date. */
export type ProposalState = 'proposed' | 'withdrawn' | 'declined' | 'confirmed' | 'applied'

/** A change of the register as it was proposed or, by the national administrator, decided. */
export interface Proposal extends RegisterChange {
  id: string
  note: string | null
  state: ProposalState
  /** Identifier of the person. */
  proposedBy: string
  /** Code of the organisation that the person acted for. */
  proposedFor: string
  proposedAt: Date
  decidedAt: Date | null
  /** Why it was declined. */
  reason: string | null
  appliedAt: Date | null
}

/** A proposal with the school's name as it stands in the register. */
export interface ListedProposal extends Proposal {
  presentEn: string | null
  presentCy: string | null
  successorEn: string | null
  successorCy: string | null
}

const PROPOSAL = sql`
  p.id, p.kind, p.code, p.name_en as "nameEn", p.name_cy as "nameCy", p.town, p.successor, p.date, p.note, p.state,
  p.proposed_by as "proposedBy", p.proposed_for as "proposedFor", p.proposed_at as "proposedAt",
  p.decided_at as "decidedAt", p.reason, p.applied_at as "appliedAt"`

/** How many proposals a list shows. */
export const PROPOSALS_SHOWN = 100

/** Writes a proposal down; by the national administrator it is decided at once. */
export async function insertProposal(
  tx: Tx,
  proposal: Omit<Proposal, 'reason' | 'decidedAt' | 'appliedAt'>,
): Promise<void> {
  const { id, kind, code, nameEn, nameCy, town, successor, date, note, state } = proposal
  const { proposedBy, proposedFor, proposedAt } = proposal
  const decided = state === 'proposed' ? null : proposedAt
  await sql`
    insert into establishments.proposal (id, kind, la, code, name_en, name_cy, town, successor, date, note, state,
      proposed_by, proposed_for, proposed_at, decided_by, decided_at, applied_at)
    values (${id}, ${kind}, ${code.slice(0, 3)}, ${code}, ${nameEn}, ${nameCy}, ${town}, ${successor}, ${date}, ${note},
      ${state}, ${proposedBy}, ${proposedFor}, ${proposedAt}, ${decided ? proposedBy : null}, ${decided},
      ${state === 'applied' ? proposedAt : null})`.execute(tx)
}

/** One proposal; null when there is none. */
export async function findProposal(querying: Querying, id: string): Promise<ListedProposal | null> {
  const { rows } = await listed(sql`p.id = ${id}`).execute(querying)
  return rows[0] ?? null
}

/** The newest proposals: of one LA (its number) or of all, those still open first. */
export async function listProposals(querying: Querying, la: string | null): Promise<ListedProposal[]> {
  const { rows } = await listed(sql`${la}::text is null or p.la = ${la}`).execute(querying)
  return rows
}

function listed(which: ReturnType<typeof sql>) {
  return sql<ListedProposal>`
    select ${PROPOSAL}, o.name_en as "presentEn", o.name_cy as "presentCy", s.name_en as "successorEn",
           s.name_cy as "successorCy"
    from establishments.proposal p
    left join establishments.organisation o on o.code = p.code
    left join establishments.organisation s on s.code = p.successor
    where ${which}
    order by p.state = 'proposed' desc, p.proposed_at desc, p.id limit ${PROPOSALS_SHOWN}::int`
}

/** Decides a proposal that awaits it; false when somebody was first. */
export async function decideProposal(
  tx: Tx,
  decision: {
    id: string
    state: 'withdrawn' | 'declined' | 'confirmed' | 'applied'
    by: string
    at: Date
    reason: string | null
  },
): Promise<boolean> {
  const { id, state, by, at, reason } = decision
  const { numAffectedRows } = await sql`
    update establishments.proposal
    set state = ${state}, decided_by = ${by}, decided_at = ${at}, reason = ${reason},
        applied_at = ${state === 'applied' ? at : null}
    where id = ${id} and state = 'proposed'`.execute(tx)
  return numAffectedRows === 1n
}

/** Notes that a confirmed change took effect; false when that stands already. */
export async function noteApplied(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update establishments.proposal set state = 'applied', applied_at = ${at}
    where id = ${id} and state = 'confirmed'`.execute(tx)
  return numAffectedRows === 1n
}

/** Confirmed changes whose date has come, in the order in which they take effect: what opens first. */
export async function dueProposals(querying: Querying, today: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from establishments.proposal
    where state = 'confirmed' and date <= ${today}::date
    order by date, kind <> 'new', id limit ${PROPOSALS_SHOWN}::int`.execute(querying)
  return rows.map(({ id }) => id)
}

/** Numbers of schools that are proposed and not decided, or confirmed: they may be named as successors. */
export async function announcedSchools(querying: Querying): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select code from establishments.proposal
    where state in ('proposed', 'confirmed') and kind = 'new'`.execute(querying)
  return rows.map(({ code }) => code)
}

/** How many proposals await the national administrator; null: not for the role to see. */
export async function proposalsAwaiting(querying: Querying, actor: Actor): Promise<number | null> {
  if (!mayEver(actor, 'keep-register')) return null
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from establishments.proposal
    where state in ('proposed', 'confirmed') and state = 'proposed'`.execute(querying)
  return rows[0]!.n
}
