import { establishmentName } from '../establishments/index.ts'
import { csvLine, CSV_START } from '../kit/csv.ts'
import type { Words } from '../kit/i18n.ts'
import type { Refusal } from '../kit/refusal.ts'
import type { PageExchange } from '../permissions/page.ts'
import type { Confirmation } from './confirmations-store.ts'
import type { Round } from './rounds-store.ts'
import { dayAfter } from './rules.ts'

/** Whether people of a round can be confirmed no more: it is closed, or its last day is over. */
export function isOver({ closedAt, dueOn }: Round, now: Date): boolean {
  return closedAt !== null || dueOn < dayAfter(now, 0)
}

/** Roles in words, the approver's flag last. */
function rolesOf({ roles, approver }: Pick<Confirmation, 'roles' | 'approver'>, words: Words): string[] {
  const said = [...roles, ...(approver ? ['approver'] : [])].map((role) =>
    words(`pages.accounts.roles.${role}`),
  )
  return said.length > 0 ? said : [words('pages.accounts.account.noRole')]
}

/** A person of a round as the views show one. */
export interface ShownPerson extends Omit<Confirmation, 'roles'> {
  roles: string[]
  organisationName: string
  /** The membership ended by an answer and holds again. */
  again: boolean
}

/** A person of a round in the language of the page. */
export function shownPerson(one: Confirmation, { words, language }: PageExchange): ShownPerson {
  return {
    ...one,
    roles: rolesOf(one, words),
    organisationName: establishmentName(one, language),
    again: one.answer !== null && one.answer !== 'valid' && one.holds,
  }
}

/** A refusal as a line in the summary of errors; with `field` as a link to it. */
export function problemOf({ code, detail }: Refusal, { words }: PageExchange, field?: string): object {
  const say = (part: string): string => words(`refusals.${code}.${part}`, detail.params)
  return { text: `${say('title')}. ${say('detail')}`, ...(field ? { href: `#${field}` } : {}) }
}

const IN_LONDON = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'short',
})

const HEADS = [
  'organisation',
  'code',
  'name',
  'username',
  'email',
  'roles',
  'lastSignIn',
  'answer',
  'answeredBy',
  'answeredAt',
] as const

/** The first line of a CSV file of people. */
export function csvHead(words: Words): string {
  return CSV_START + csvLine(HEADS.map((head) => words(`pages.userAudits.csv.${head}`)))
}

/** A person as a line of a CSV file; times are London's, as spreadsheets read them. */
export function csvPerson(one: Confirmation, exchange: PageExchange): string {
  const { words, language } = exchange
  const by = one.answeredByName ?? (one.answer === null ? '' : words('pages.userAudits.people.byNobody'))
  return csvLine([
    establishmentName(one, language),
    one.organisation,
    one.name,
    one.username,
    one.email,
    rolesOf(one, words).join('; '),
    one.lastSignInAt ? IN_LONDON.format(one.lastSignInAt) : '',
    words(`pages.userAudits.answers.${one.answer ?? 'none'}`),
    by,
    one.answeredAt ? IN_LONDON.format(one.answeredAt) : '',
  ])
}
