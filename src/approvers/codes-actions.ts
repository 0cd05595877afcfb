import { z } from 'zod'
import { nameKey } from '../establishments/rules.ts'
import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import { decide, type Actor } from '../permissions/decide.ts'
import { reachOf } from '../permissions/table.ts'
import { issueTo } from './issue-codes.ts'
import { openCodeHash } from './new-code.ts'
import { ISSUED_AT_ONCE, STATES } from './rules.ts'
import {
  countOrganisations,
  listOrganisations,
  lockForCodes,
  withdrawCode,
  type ListedOrganisation,
  type OrganisationFilter,
} from './store.ts'

/** Organisations on a page. */
export const PAGE = 100

const organisationCode = z.string().regex(/^[0-9A-Z]{7}$/)

/** The LA within which somebody issues codes; null: the whole nation. */
function laOf({ roles, organisation }: Actor): string | null {
  const isNational = roles.some((role) => reachOf(role, 'issue-approver-codes') === 'own-nation')
  return isNational ? null : organisation.slice(0, 3)
}

/** Whose business it is: those that are named, if all of them are within reach, else null; the own without any. */
function allInReach(actor: Actor, codes: readonly string[]): readonly string[] | null {
  const isInReach = (code: string): boolean => decide(actor, 'issue-approver-codes', [code]).allowed
  if (codes.length === 0) return [actor.organisation]
  return codes.every(isInReach) ? codes : null
}

/** A page of the organisations within reach: who has an approver, who a code, who neither. */
export const browseCodes = action({
  name: 'approvers.browse-codes',
  permission: 'issue-approver-codes',
  input: z.strictObject({
    q: z
      .string()
      .max(100)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u)
      .optional(),
    state: z.enum(STATES).optional(),
    after: organisationCode.optional(),
  }),
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (organisation) => [organisation],
  async run({ tx, actor, input: { q = '', state, after }, now }) {
    const la = laOf(actor)
    const text = q.trim() === '' ? undefined : { code: q.trim().toUpperCase(), name: nameKey(q) }
    const filter = { la, state, text }
    const rows = await listOrganisations(tx, filter, { after, limit: PAGE + 1, at: now })
    const items = rows.slice(0, PAGE)
    return {
      items,
      next: rows.length > PAGE ? items.at(-1)!.code : null,
      count: await countOrganisations(tx, filter, now),
      missing: await countOrganisations(tx, { la, state: 'none' }, now),
    }
  },
  auditSubject: () => null,
})

const whom = {
  // chosen: those that are named; missing: all that have neither an approver nor a code
  which: z.enum(['chosen', 'missing']),
  organisation: z.array(organisationCode).max(PAGE).default([]),
}

interface Whom {
  which: 'chosen' | 'missing'
  organisation: readonly string[]
}

/** Those that are meant and have no approver, as many as are issued codes at once. */
async function needing(
  tx: Tx,
  actor: Actor,
  { which, organisation }: Whom,
  more: Partial<OrganisationFilter>,
  now: Date,
): Promise<ListedOrganisation[]> {
  const filter = {
    la: laOf(actor),
    ...(which === 'missing' ? { state: 'none' as const } : { codes: organisation }),
    ...more,
  }
  const found = await listOrganisations(tx, filter, { limit: ISSUED_AT_ONCE, at: now })
  return found.filter(({ approvers }) => approvers === 0)
}

/** Who is going to be issued a code. Throws Refusal `codes-none-chosen` (422), `codes-none` (409). */
export const offerCodes = action({
  name: 'approvers.offer-codes',
  permission: 'issue-approver-codes',
  input: z.strictObject(whom),
  audited: 'refusals',
  asksAgain: true,
  find: ({ actor, input }) => Promise.resolve(allInReach(actor, input.organisation)),
  business: (codes) => codes,
  async run({ tx, actor, input, now }) {
    if (input.which === 'chosen' && input.organisation.length === 0)
      throw new Refusal('unacceptable', 'codes-none-chosen')
    const organisations = await needing(tx, actor, input, {}, now)
    if (organisations.length === 0) throw new Refusal('conflict', 'codes-none')
    return { organisations, which: input.which, seen: now }
  },
  auditSubject: () => null,
})

/**
 * Issues codes. A form that is sent twice issues none the second time: a letter that lies in the post stays good.
 * Throws Refusal `codes-none` (409).
 */
export const issueCodes = action({
  name: 'approvers.issue-codes',
  permission: 'issue-approver-codes',
  input: z.strictObject({
    ...whom,
    // when the page was shown on which they are issued
    seen: z.iso.datetime().transform((text) => new Date(text)),
    as: z.enum(['letters', 'csv', 'list']),
  }),
  asksAgain: true,
  find: ({ actor, input }) => Promise.resolve(allInReach(actor, input.organisation)),
  business: (codes) => codes,
  // its secret may have to be made, which a transaction must not wait for
  prepare: ({ world }) => openCodeHash(world),
  async run({ world, tx, actor, input, prepared: hashes, now }) {
    const asked = await needing(tx, actor, input, { issuedBefore: input.seen }, now)
    const codes = asked.map(({ code }) => code)
    await lockForCodes(tx, codes)
    // meanwhile somebody else may have issued some, or claimed a role
    const fresh = { codes, issuedBefore: input.seen }
    const organisations = await needing(tx, actor, { which: 'chosen', organisation: codes }, fresh, now)
    if (organisations.length === 0) throw new Refusal('conflict', 'codes-none')
    return { as: input.as, issued: await issueTo(world, tx, organisations, { hashes, by: actor.id, now }) }
  },
  auditSubject: (_, done) => done && subjectOf(done.issued.map(({ organisation }) => organisation.code)),
})

/** Withdraws the code of an organisation. Throws Refusal `code-not-open` (409). */
export const withdrawOpenCode = action({
  name: 'approvers.withdraw-code',
  permission: 'issue-approver-codes',
  input: z.strictObject({ organisation: organisationCode }),
  async find({ world, input: { organisation }, now }) {
    const [found] = await listOrganisations(
      world.db,
      { la: null, codes: [organisation] },
      { limit: 1, at: now },
    )
    return found ?? null
  },
  business: ({ code }) => [code],
  async run({ tx, subject, now }) {
    if (!(await withdrawCode(tx, subject.code, now))) throw new Refusal('conflict', 'code-not-open')
    return subject
  },
  auditSubject: ({ organisation }) => organisation,
})

/** Organisations as one row of the audit names them; beyond a few, which they were stands with the codes themselves. */
function subjectOf(codes: readonly string[]): string {
  return codes.length > 20 ? `${codes.length} organisations` : codes.join(' ')
}
