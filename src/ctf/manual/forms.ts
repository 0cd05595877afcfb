import type { ElementRow } from '../model.ts'
import type { SimpleType } from '../values/value-type.ts'
import { anchorOf } from './markdown.ts'

/** How the manual says the types that need nothing but their name. */
const FORMS: Readonly<Record<SimpleType, string>> = {
  date: 'date',
  dob: 'date in the past',
  arrival: 'date in the past',
  dateTime: 'date and time',
  boolean: 'true or false',
  coordinate: 'metres, one decimal',
  year: 'year, 4 digits',
  'ctf-document': 'fixed text',
  'atf-document': 'fixed text',
  'ctf-version': '2 digits and `.0`',
  la: '3 digits, `XXX`, `MMM`: [la](#codes-la)',
  estab: '4 digits, `LLLL`, `XXXX`, `MMMM`',
  urn: '6 digits',
  upn: 'letter, 11 digits, digit or letter',
  'former-upn': 'as a UPN',
  uln: '10 digits, the last a check',
  uci: '12 digits and a letter',
  postcode: 'postcode, one blank',
  phone: 'digits, 35 at most',
  email: 'e-mail address, 254 at most',
  title: 'text, 35 at most',
  marks: 'marks, 999 at most: [attendance](#codes-attendance)',
}

/** The form of an element’s value in words. */
export function formOf({ content }: ElementRow): string {
  if (content === 'any') return 'anything well formed'
  if ('group' in content) return 'elements'
  switch (content.is) {
    case 'text':
    case 'names':
      return `text, ${content.most} at most`
    case 'integer':
      return `whole number, ${content.least} to ${content.most}`
    case 'code':
      return `code: ${linkTo(content.set)}`
    case 'open':
      return `code, others too: ${linkTo(content.set)}`
    default:
      return FORMS[content.is]
  }
}

/** The heading of a code set, by which the tables lead to it. */
export const codeSetHeading = (set: string): string => `Codes: ${set}`

const linkTo = (set: string): string => `[${set}](#${anchorOf(codeSetHeading(set))})`
