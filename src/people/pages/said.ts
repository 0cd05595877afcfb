import type { Refusal } from '../../kit/refusal.ts'
import type { PageExchange } from '../../permissions/page.ts'

/** A line of the summary of errors, with the id of the field that it is about. */
export interface Said {
  href?: string
  text: string
}

/** The field that each refusal is about. */
const FIELD_OF: Record<string, string> = {
  'person-username': 'username',
  'person-username-taken': 'username',
  'person-name': 'name',
  'person-email-personal': 'email',
  'person-email-generic': 'email',
  'person-email-taken': 'email',
  'email-address': 'email',
  'person-phone': 'phone',
  'person-role': 'roles',
  'person-role-choose': 'roles',
  'person-role-held': 'roles',
  'person-no-access': 'roles',
  'person-unmatched': 'username',
  'person-member': 'username',
  'person-ended-here': 'username',
}

/** What a refusal says, and what to do. */
export function sentenceOf({ code, detail }: Refusal, { words }: PageExchange): string {
  const say = (part: string): string => words(`refusals.${code}.${part}`, detail.params)
  return `${say('title')}. ${say('detail')}`
}

/** What a refusal says at the field of a form that it is about; without one, of the form as a whole. */
export function errorsOf(refusal: Refusal, exchange: PageExchange): Said[] {
  const text = sentenceOf(refusal, exchange)
  const field = FIELD_OF[refusal.code]
  return [field === undefined ? { text } : { href: `#${field}`, text }]
}

/** Whether a refusal is about what somebody typed into a form of this room. */
export function isOfForm({ code }: Refusal): boolean {
  return code in FIELD_OF
}
