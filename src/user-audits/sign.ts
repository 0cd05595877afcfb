import { z } from 'zod'
import { NAME_MAX, readPersonName } from '../accounts/rules.ts'
import { establishmentName, findEstablishments, type Establishment } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { LANGUAGES, wordsOf } from '../kit/i18n.ts'
import { newId } from '../kit/ids.ts'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import type { Actor } from '../permissions/decide.ts'
import type { World } from '../world.ts'
import { peopleOf, peopleOfAuthority, settleEnded, type Confirmation } from './confirmations-store.ts'
import { insertSigned, listSigned, selectSigned, type Signed } from './progress-store.ts'
import { lastRoundOf, selectRound, type Round } from './rounds-store.ts'
import { scopeOf } from './rules.ts'

/** What somebody signs for: the own organisation; for a database administrator the LA with its schools. */
interface Own {
  organisation: Establishment
  round: Round
  /** LA number; null for the one organisation. */
  la: string | null
}

/** What there is to sign, with its people. */
export interface ToSign extends Own {
  people: Confirmation[]
  /** Those who are not answered for yet: it cannot be signed before. */
  awaiting: number
  /** The written confirmation that is there already. */
  signed: Signed | null
}

async function findOwn({ db }: World, actor: Actor, code: string): Promise<Own | null> {
  const { organisation: own, la } = scopeOf(actor)
  if (own !== code) return null
  const organisation = (await findEstablishments(db, [code])).get(code)
  const round = await lastRoundOf(db, { organisation: code, la: null })
  return organisation && round ? { organisation, round, la } : null
}

/** The people of an LA with its schools, or of one organisation. */
function peopleIn(
  tx: Tx,
  { round, la, organisation }: { round: string; la: string | null; organisation: string },
): Promise<Confirmation[]> {
  return la ? peopleOfAuthority(tx, round, la) : peopleOf(tx, round, organisation)
}

async function toSign(tx: Tx, own: Own): Promise<ToSign> {
  const organisation = own.organisation.code
  const people = await peopleIn(tx, { round: own.round.id, la: own.la, organisation })
  const there = await listSigned(tx, { round: own.round.id, organisation })
  return {
    ...own,
    people,
    awaiting: people.filter(({ answer }) => answer === null).length,
    signed: there.find((one) => one.wholeAuthority === (own.la !== null)) ?? null,
  }
}

/** What is signed, as its page shows it before. */
export const offerSignature = action({
  name: 'user-audits.offer-signature',
  permission: 'confirm-people',
  input: z.strictObject({ organisation: z.string().max(10) }),
  audited: 'refusals',
  find: ({ world, actor, input }) => findOwn(world, actor, input.organisation),
  business: ({ organisation }) => [organisation.code],
  run: ({ tx, subject }) => toSign(tx, subject),
  auditSubject: ({ organisation }) => organisation,
})

/**
 * Signs the written confirmation of valid users (guidance for local authorities §1.6), once everybody is answered for. It
 * is kept for good, with its people as they stood then.
 */
export const signConfirmation = action({
  name: 'user-audits.sign',
  permission: 'confirm-people',
  input: z.strictObject({
    organisation: z.string().max(10),
    name: z.string().max(200).default(''),
    agree: z.literal('yes').optional(),
    language: z.enum(LANGUAGES),
  }),
  find: ({ world, actor, input }) => findOwn(world, actor, input.organisation),
  business: ({ organisation }) => [organisation.code],
  async run({ tx, input, actor, subject, now }): Promise<string> {
    const { organisation, round, la } = subject
    const { awaiting } = await toSign(tx, subject)
    if (awaiting > 0) throw new Refusal('conflict', 'user-audit-unfinished', { params: { people: awaiting } })
    const name = readPersonName(input.name)
    if (name === null) throw new Refusal('unacceptable', 'user-audit-name', { params: { max: NAME_MAX } })
    if (input.agree === undefined) throw new Refusal('unacceptable', 'user-audit-agree')
    await settleEnded(tx, { round: round.id, la, organisation: la ? null : organisation.code })
    const { language } = input
    const params = { organisation: establishmentName(organisation, language) }
    const statement = wordsOf(language)(
      `pages.userAudits.sign.statement.${la ? 'authority' : 'organisation'}`,
      params,
    )
    const id = newId()
    const signed = { id, round: round.id, organisation: organisation.code, wholeAuthority: la !== null }
    if (!(await insertSigned(tx, { ...signed, signedBy: actor.id, name, statement, language, at: now })))
      throw new Refusal('conflict', 'user-audit-signed')
    return id
  },
  auditSubject: ({ organisation }, id) => (id ? `${organisation} ${id}` : organisation),
})

/** A written confirmation with its round and people. */
export interface WrittenConfirmation {
  signed: Signed
  round: Round
  people: Confirmation[]
}

/** A written confirmation, by whoever answers for its organisation or runs the audit. */
export const showSigned = action({
  name: 'user-audits.show-signed',
  permission: ['confirm-people', 'run-user-audit'],
  input: z.strictObject({ id: z.string().regex(/^[\w-]{1,64}$/) }),
  audited: 'refusals',
  find: ({ world, input }) => selectSigned(world.db, input.id),
  business: ({ organisation }) => [organisation],
  async run({ tx, subject: signed }): Promise<WrittenConfirmation> {
    const { organisation, wholeAuthority } = signed
    const la = wholeAuthority ? organisation.slice(0, 3) : null
    return {
      signed,
      round: (await selectRound(tx, signed.round))!,
      people: await peopleIn(tx, { round: signed.round, la, organisation }),
    }
  },
  auditSubject: ({ id }) => id,
})
