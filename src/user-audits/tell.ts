import { bothNames, DEPARTMENT, findEstablishments } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { inBoth, type InBoth } from '../kit/i18n.ts'
import type { MailToQueue } from '../kit/mail/mailer.ts'
import { dateInWords } from '../kit/pages/dates.ts'
import type { World } from '../world.ts'
import {
  countAt,
  isSigned,
  lockToTell,
  selectAnswerers,
  setTold,
  type Answerer,
  type Telling,
  type ToTell,
} from './clock-store.ts'
import { countAwaiting } from './confirmations-store.ts'
import { authoritiesOf } from './progress-store.ts'
import type { Round } from './rounds-store.ts'
import { days, scopeOf } from './rules.ts'

/** What the clock of the audit works with. */
export type ClockWorld = Pick<World, 'db' | 'audit' | 'clock' | 'config' | 'mailer'>

/** A date in both languages. */
export function dateInBoth(at: Date): InBoth {
  return { en: dateInWords(at, 'en'), cy: dateInWords(at, 'cy') }
}

/** Organisations that are told in one transaction. */
const AT_ONCE = 50

/**
 * Tells organisations of open rounds what is due: that a round was opened, that people still await an answer, that
 * some were suspended. It goes to their approvers and database administrators, each with the number that they can answer
 * for, and to the organisation's own address. Gives how many organisations it saw to; 0 when none is left.
 */
export async function tellOrganisations(world: ClockWorld, what: Telling): Promise<number> {
  const { db, clock, config, mailer } = world
  const now = clock.now()
  return db.transaction().execute(async (tx) => {
    const some = await lockToTell(tx, what, now, AT_ONCE)
    const codes = some.map(({ code }) => code)
    const register = await findEstablishments(tx, codes)
    const answerers = await selectAnswerers(tx, codes)
    const next = new Date(now.getTime() + days(config.userAuditReminderDays))
    for (const round of new Set(some.map((one) => one.round))) {
      const ofRound = some.filter((one) => one.round === round)
      const mailed: string[] = []
      for (const one of ofRound) {
        const there = answerers.filter(({ organisation }) => organisation === one.code)
        const mails = await mailsTo(tx, what, one, there, register.get(one.code)!)
        await mailer.queue(tx, mails)
        if (mails.length > 0) mailed.push(one.code)
      }
      await setTold(tx, what, { round, codes: ofRound.map(({ code }) => code), at: now, next, mailed })
    }
    return some.length
  })
}

interface Addressed {
  email: string | null
  nameEn: string
  language: MailToQueue['to'][number]['language']
}

async function mailsTo(
  tx: Tx,
  what: Telling,
  one: ToTell,
  answerers: readonly Answerer[],
  own: Addressed,
): Promise<MailToQueue[]> {
  const mail = (template: string, people: number, { email, name, language }: Reader): MailToQueue => ({
    template: `user-audit-${template}`,
    to: [{ address: email, name, language }],
    params: { people, organisation: bothNames(one), due: dateInBoth(new Date(one.dueOn)) },
    about: one.round,
  })
  const there = await countAt(tx, one, what === 'suspended' ? 'suspended' : 'awaiting')
  const mails: MailToQueue[] = []
  if (own.email !== null && there > 0)
    mails.push(mail(what, there, { ...own, email: own.email, name: own.nameEn }))
  for (const answerer of answerers) {
    // where a person has the organisation's address too, the one mail that goes there is the organisation's
    if (answerer.email.toLowerCase() === own.email?.toLowerCase()) continue
    const scope = scopeOf(answerer)
    const theirs = what === 'suspended' ? there : await countAwaiting(tx, scope, one.round)
    if (theirs > 0) mails.push(mail(what, theirs, answerer))
    else if (
      what === 'reminder' &&
      there === 0 &&
      scope.la !== null &&
      !(await isSigned(tx, one.round, one.code))
    )
      mails.push(mail('sign', 0, answerer))
  }
  return mails
}

type Reader = Pick<Answerer, 'name' | 'email'> & { language: Addressed['language'] }

/** The national administrators, as mail goes to them. */
async function nationals(tx: Tx): Promise<MailToQueue['to']> {
  const there = await selectAnswerers(tx, [DEPARTMENT])
  return there
    .filter(({ roles }) => roles.includes('national-administrator'))
    .map(({ email, name, language }) => ({ address: email, name, language }))
}

/** Tells the national administrators what came of a round that is closed now. */
export async function tellClosed(world: Pick<World, 'mailer'>, tx: Tx, round: Round): Promise<void> {
  const all = await authoritiesOf(tx, round.id)
  const authorities = all.filter(({ nameEn }) => nameEn !== null)
  const sum = (of: 'valid' | 'ended' | 'suspended' | 'awaiting'): number =>
    all.reduce((total, one) => total + one[of], 0)
  const params = {
    opened: dateInBoth(round.openedAt),
    valid: sum('valid'),
    ended: sum('ended'),
    suspended: sum('suspended'),
    unanswered: sum('awaiting'),
    authorities: authorities.length,
    signed: authorities.filter(({ signed }) => signed !== null).length,
    withoutDba: namesOf(authorities.filter(({ hasDba }) => !hasDba)),
  }
  await world.mailer.queue(tx, [
    { template: 'user-audit-closed', to: await nationals(tx), params, about: round.id },
  ])
}

/** Names in both languages, one after the other; "none" where there is none. */
function namesOf(some: readonly { nameEn: string | null; nameCy: string | null }[]): InBoth {
  if (some.length === 0) return inBoth('pages.userAudits.none')
  return {
    en: some.map(({ nameEn }) => nameEn).join(', '),
    cy: some.map(({ nameCy }) => nameCy).join(', '),
  }
}

/** Tells the national administrators that it is time for another round. */
export async function tellYear(world: Pick<World, 'mailer'>, tx: Tx, round: Round): Promise<void> {
  const nation = inBoth(`pages.userAudits.nations.${round.nation}`)
  const params = { opened: dateInBoth(round.openedAt), nation }
  await world.mailer.queue(tx, [
    { template: 'user-audit-year', to: await nationals(tx), params, about: round.id },
  ])
}
