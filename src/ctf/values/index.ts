import { codeSet, type CodeSet } from '../codes/code-sets.ts'
import type { ElementRow } from '../model.ts'
import { code } from './code-kinds.ts'
import { ESTAB, FORMER_UPN, LA, UCI, ULN, UPN } from './identifier-kinds.ts'
import * as numbers from './number-kinds.ts'
import { POSTCODE } from './postcode.ts'
import { ATTENDANCE_MARKS, EMAIL, PHONE, TITLE, fixed, names, text } from './text-kinds.ts'
import { RIGHT, type Breach, type Facet, type ValueCheck, type ValueKind } from './value-kind.ts'
import type { SimpleType, ValueType } from './value-type.ts'

export type { Breach, Facet, ValueCheck } from './value-kind.ts'

/** The kind of each type that needs nothing but its name. */
const SIMPLE: Readonly<Record<SimpleType, ValueKind>> = {
  date: numbers.DATE,
  dob: numbers.BIRTH,
  arrival: numbers.ARRIVAL,
  dateTime: numbers.DATE_TIME,
  boolean: numbers.BOOLEAN,
  coordinate: numbers.COORDINATE,
  year: numbers.YEAR,
  'ctf-document': fixed('Common Transfer File', 'ctf-201'),
  'atf-document': fixed('Admissions Data Transfer File', 'ctf-201'),
  'ctf-version': numbers.VERSION,
  la: LA,
  estab: ESTAB,
  urn: numbers.URN,
  upn: UPN,
  'former-upn': FORMER_UPN,
  uln: ULN,
  uci: UCI,
  postcode: POSTCODE,
  phone: PHONE,
  email: EMAIL,
  title: TITLE,
  marks: ATTENDANCE_MARKS,
}

function kindOf(type: ValueType, isVerified = true): ValueKind {
  switch (type.is) {
    case 'text':
      return text(type.most)
    case 'names':
      return names(type.most)
    case 'integer':
      return numbers.integer(type.least, type.most)
    case 'code':
      return code(type.set, isVerified)
    case 'open':
      return text(100)
    default:
      return SIMPLE[type.is]
  }
}

const valueTypeOf = ({ content }: ElementRow): ValueType | null =>
  content === 'any' || 'group' in content ? null : content

/** What the form of a type is like, in signs that need no language. */
const FORMS: Readonly<Partial<Record<ValueType['is'], string>>> = {
  date: 'CCYY-MM-DD',
  arrival: 'CCYY-MM-DD',
  boolean: 'true, false, 1, 0',
  year: 'CCYY',
  urn: '999999',
  email: '≤ 254',
  open: '≤ 100',
}

/** A form that is not as a row has it that is not verified. */
function notAs(type: ValueType): readonly Breach[] {
  const length = type.is === 'text' || type.is === 'names' ? `≤ ${type.most}` : '…'
  return [['ctf-132', { form: FORMS[type.is] ?? length }]]
}

/**
 * The check of an element's value, made once for each row of the model; null where it has no value. Where the row
 * is not verified, a wrong form is a warning: ctf-140 of a code, else ctf-132.
 */
export function checkOf(row: ElementRow): ValueCheck | null {
  const type = valueTypeOf(row)
  if (type === null) return null
  const isVerified = row.certainty === 'V'
  const { form, item } = kindOf(type, isVerified)
  const wrong = notAs(type)
  const formOf =
    isVerified || type.is === 'code' ? form : (value: string) => (form(value) === RIGHT ? RIGHT : wrong)
  if (!item) return formOf
  return (value, today) => {
    const breaches = formOf(value)
    return breaches === RIGHT ? item(value, today) : breaches
  }
}

/**
 * An element's value as XML Schema says it: a built-in type that collapses blanks, and facets in order, e.g.
 * `['maxLength', '35']`; null where it has no value. It says what the structural rules of its check say.
 */
export function facetsOf(row: ElementRow): { base: string; facets: readonly Facet[] } | null {
  const type = valueTypeOf(row)
  if (type === null) return null
  const { base, facets } = kindOf(type)
  return { base, facets }
}

/** The code set that says an element's values in words, or null: of attendance marks the set of each mark. */
export function codeSetOf(row: ElementRow): CodeSet | null {
  const type = valueTypeOf(row)
  if (type === null) return null
  if (type.is === 'code' || type.is === 'open') return codeSet(type.set)
  return type.is === 'la' ? codeSet('la') : type.is === 'marks' ? codeSet('attendance') : null
}
