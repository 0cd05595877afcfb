import { z } from 'zod'
import { DEPARTMENT } from '../establishments/index.ts'
import { newId } from '../kit/ids.ts'
import { readTypedDate } from '../kit/pages/typed-date.ts'
import { Refusal } from '../kit/refusal.ts'
import { action, type Action } from '../permissions/action.ts'
import { settleEnded } from './confirmations-store.ts'
import { authoritiesOf, listSigned, type AuthorityProgress, type Signed } from './progress-store.ts'
import {
  countOf,
  insertRound,
  selectRound,
  setClosed,
  setDue,
  setRemindNow,
  type Round,
} from './rounds-store.ts'
import { dayAfter, days, NATIONS, nationsFor, type Nation } from './rules.ts'
import { tellClosed } from './tell.ts'

/** Days from today that a last day may be away, at most. */
const DUE_MOST = 365

/** What a round to open would be, for each nation that somebody may choose. */
export interface Offer {
  choices: { nation: Nation; organisations: number; people: number }[]
  /** CCYY-MM-DD. */
  dueOn: string
}

/** What a round would be that is opened today. */
export const offerRound = action({
  name: 'user-audits.offer',
  permission: 'run-user-audit',
  input: z.strictObject({}),
  audited: 'refusals',
  asksAgain: true,
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (own) => [own],
  async run({ tx, subject, now, world }): Promise<Offer> {
    const choices = []
    for (const nation of nationsFor(subject)) choices.push({ nation, ...(await countOf(tx, nation)) })
    return { choices, dueOn: dayAfter(now, world.config.userAuditDays) }
  },
  auditSubject: () => null,
})

/** The last day as it was typed: a day after today, within a year. Throws Refusal 422. */
function readDue(typed: string, now: Date): string {
  const date = readTypedDate(typed)
  if (date === null || date < dayAfter(now, 1) || date > dayAfter(now, DUE_MOST))
    throw new Refusal('unacceptable', 'user-audit-due', { params: { days: DUE_MOST } })
  return date
}

/**
 * Opens a round: everybody who is a member now is to be confirmed (guidance for local authorities §1.6). One at a time
 * for a nation. Approvers and database administrators are told by the clock.
 */
export const openRound = action({
  name: 'user-audits.open',
  permission: 'run-user-audit',
  input: z.strictObject({ nation: z.enum(NATIONS), due: z.string().max(40).default('') }),
  asksAgain: true,
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (own) => [own],
  async run({ tx, input: { nation, due }, actor, subject, now, world }): Promise<string> {
    if (!nationsFor(subject).includes(nation)) throw new Refusal('not-found', 'not-found')
    const dueOn = readDue(due, now)
    const id = newId()
    const remindAt = new Date(now.getTime() + days(world.config.userAuditReminderDays))
    const by = { openedBy: actor.id, openedByName: actor.name }
    const people = await insertRound(tx, { id, nation, openedAt: now, ...by, dueOn, remindAt })
    if (people === null) throw new Refusal('conflict', 'user-audit-open')
    if (people === 0) throw new Refusal('conflict', 'user-audit-nobody')
    return id
  },
  auditSubject: (_, id) => id,
})

const id = z.string().regex(/^[\w-]{1,64}$/)

/** What is done with a round by its id, by who runs the audit. */
function onRound<Input extends { id: string }, Answer>(
  spec: Pick<Action<Input, Round, undefined, Answer>, 'name' | 'input' | 'audited' | 'run'>,
): Action<Input, Round, undefined, Answer> {
  return action<Input, Round, Answer>({
    ...spec,
    permission: 'run-user-audit',
    find: ({ world, input }) => selectRound(world.db, input.id),
    business: () => [DEPARTMENT],
    auditSubject: (input) => input.id,
  })
}

/** A round and how far it is. */
export interface RoundProgress {
  round: Round
  authorities: AuthorityProgress[]
  signed: Signed[]
}

/** A round and how far each LA is. */
export const showRound = onRound({
  name: 'user-audits.show-round',
  input: z.strictObject({ id }),
  audited: 'refusals',
  run: async ({ tx, subject: round }): Promise<RoundProgress> => ({
    round,
    authorities: await authoritiesOf(tx, round.id),
    signed: await listSigned(tx, { round: round.id }),
  }),
})

const over = (): Refusal => new Refusal('conflict', 'user-audit-over')

/** Sends reminders now, by the clock within minutes, to all who have something left to do. */
export const remindNow = onRound({
  name: 'user-audits.remind',
  input: z.strictObject({ id }),
  async run({ tx, subject, now }): Promise<Round> {
    if (!(await setRemindNow(tx, subject.id, now))) throw over()
    return subject
  },
})

/** Gives a round a later last day. */
export const extendRound = onRound({
  name: 'user-audits.extend',
  input: z.strictObject({ id, due: z.string().max(40).default('') }),
  async run({ tx, input, subject, now }): Promise<Round> {
    const dueOn = readDue(input.due, now)
    if (dueOn <= subject.dueOn) throw new Refusal('unacceptable', 'user-audit-due-earlier')
    if (!(await setDue(tx, subject.id, dueOn, now))) throw over()
    return subject
  },
})

/** Closes a round before its end: nobody is suspended by it any more. */
export const closeRound = onRound({
  name: 'user-audits.close',
  input: z.strictObject({ id }),
  async run({ tx, subject, actor, now, world }): Promise<Round> {
    if (!(await setClosed(tx, subject.id, actor.name, now))) throw over()
    await settleEnded(tx, { round: subject.id, la: null, organisation: null })
    await tellClosed(world, tx, subject)
    return subject
  },
})
