import { approversOf, type LivePerson } from '../accounts/index.ts'
import { bothNames, findEstablishments, type Establishment } from '../establishments/index.ts'
import type { Querying } from '../kit/database.ts'
import type { InBoth } from '../kit/i18n.ts'
import type { Actor } from '../permissions/decide.ts'
import { aboveEach } from './letters.ts'
import { standingOf } from './offer-store.ts'
import { APPROVERS_WANTED } from './rules.ts'
import { openUntil } from './store.ts'

/** The approver role of somebody's organisation, as it is offered to them. */
export interface Offer {
  organisation: Establishment
  name: InBoth
  /** Whoever approves for it: the role is taken where there is one. */
  approvers: LivePerson[]
  /** Until when there is a code that claims it. */
  openUntil: Date | null
  /** Whom to ask for a code. */
  above: InBoth
  /** The one who asks does so by an account that several people use. */
  shared: boolean
}

/** The approver role of an actor's organisation. */
export async function offerTo(
  querying: Querying,
  { id: person, organisation: code }: Pick<Actor, 'id' | 'organisation'>,
  now: Date,
): Promise<Offer> {
  const organisation = (await findEstablishments(querying, [code])).get(code)!
  const { shared } = await standingOf(querying, { person, organisation: code }, now)
  return {
    organisation,
    name: bothNames(organisation),
    approvers: await approversOf(querying, code),
    openUntil: await openUntil(querying, code, now),
    above: (await aboveEach(querying, [code]))(code),
    shared,
  }
}

/** What Home says of approvers to somebody. */
export interface ApproverNotice {
  /** Home leads to the offer now: there is a code for it, and "not now" was not said. */
  leads: boolean
  /** `nobody`: no one approves; `few`: the one who asks approves alone. */
  lacking: 'nobody' | 'few' | null
  /** Signed in by an account that several people use. */
  shared: boolean
}

/** What Home says of approvers to an actor. */
export async function approverNotice(
  querying: Querying,
  { id: person, organisation, roles }: Actor,
  now: Date,
): Promise<ApproverNotice> {
  const standing = await standingOf(querying, { person, organisation }, now)
  const { approvers, hasCode, putOff, shared } = standing
  const isFew = approvers < APPROVERS_WANTED && roles.includes('approver')
  return {
    leads: approvers === 0 && hasCode && !putOff,
    lacking: approvers === 0 ? 'nobody' : isFew ? 'few' : null,
    shared,
  }
}
