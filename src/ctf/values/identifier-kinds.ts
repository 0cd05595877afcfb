import { ulnProblem, upnLaNumber, upnProblem } from '../../learner-numbers/rules.ts'
import { isKnownLa, isUpnLa } from '../codes/code-sets.ts'
import { RIGHT, areDigits, breach, isCapitalAt, isDigitAt, patterned, type ValueKind } from './value-kind.ts'

const NOT_13 = breach('ctf-304')
const NO_LETTER = breach('ctf-305')
const NO_DIGITS = breach('ctf-306')
const WRONG_LETTER = breach('ctf-307')

/** CBDS N00001: a letter and twelve characters, with a check letter and the number of an LA. */
export const UPN: ValueKind = {
  base: 'xs:token',
  facets: [['pattern', '[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]']],
  form(value) {
    if (value.length !== 13) return NOT_13
    if (!isUpnLetterAt(value, 0)) return NO_LETTER
    return areDigits(value, 1, 12) && (isDigitAt(value, 12) || isUpnLetterAt(value, 12)) ? RIGHT : NO_DIGITS
  },
  item(value) {
    if (upnProblem(value) !== null) return WRONG_LETTER
    const la = upnLaNumber(value)
    return isUpnLa(la) ? RIGHT : [['ctf-308', { la }]]
  },
}

/** A capital but for I, O and S, which look like digits. */
function isUpnLetterAt(value: string, at: number): boolean {
  const letter = value[at]
  return isCapitalAt(value, at) && letter !== 'I' && letter !== 'O' && letter !== 'S'
}

const NO_FORMER_UPN = breach('ctf-143')
const WRONG_FORMER_UPN = breach('ctf-309')

/** CBDS N00002: of the form of a UPN, with the right check letter. */
export const FORMER_UPN: ValueKind = {
  ...UPN,
  form: (value) => (UPN.form(value) === RIGHT ? RIGHT : NO_FORMER_UPN),
  item: (value) => (upnProblem(value) === null ? RIGHT : WRONG_FORMER_UPN),
}

const WRONG_ULN = breach('ctf-310')

/** CBDS N00011: ten digits, the first not 0, the last checks the others. */
export const ULN: ValueKind = {
  ...patterned(
    '[1-9][0-9]{9}',
    (value) => value.length === 10 && value.charCodeAt(0) !== 48 && areDigits(value, 0, 10),
    'ctf-144',
  ),
  item: (value) => (ulnProblem(value) === null ? RIGHT : WRONG_ULN),
}

/** CBDS N00180: twelve digits and a letter, or five digits, a letter, six digits and a letter. */
export const UCI: ValueKind = patterned(
  '[0-9]{5}[0-9A-Z][0-9]{6}[A-Z]',
  (value) =>
    value.length === 13 &&
    areDigits(value, 0, 5) &&
    (isDigitAt(value, 5) || isCapitalAt(value, 5)) &&
    areDigits(value, 6, 12) &&
    isCapitalAt(value, 12),
  'ctf-311',
)

/** CBDS N00216: three digits, or the letters that stand for an LA; a number that no LA has or had only warns. */
export const LA: ValueKind = {
  ...patterned(
    '[0-9]{3}|XXX|MMM|NAA',
    (value) =>
      (value.length === 3 && areDigits(value, 0, 3)) || value === 'XXX' || value === 'MMM' || value === 'NAA',
    'ctf-129',
  ),
  item: (value) => (isKnownLa(value) ? RIGHT : [['ctf-208', { la: value }]]),
}

/** CBDS N00279: four digits, or the letters that stand for a school that is not known, or for the LA itself. */
export const ESTAB: ValueKind = patterned(
  '[0-9]{4}|XXXX|MMMM|LLLL',
  (value) =>
    (value.length === 4 && areDigits(value, 0, 4)) ||
    value === 'XXXX' ||
    value === 'MMMM' ||
    value === 'LLLL',
  'ctf-130',
)
