import { RIGHT, breach, type ValueKind } from './value-kind.ts'

const NO_POSTCODE = breach('ctf-316')
const MISSPELT = breach('ctf-317')

const RIGHT_LETTERS =
  /^([A-PR-UWYZ][0-9]{1,2}|[A-PR-UWYZ][A-HK-Y][0-9]{1,2}|[A-PR-UWYZ][0-9][A-HJKSTUW]|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]) [0-9][ABD-HJLNP-UW-Z]{2}$|^BFPO [0-9]{1,4}$/

/** In any letter case, with blanks anywhere: what is still plainly a postcode. */
const LOOSE =
  '[A-Za-z]( ?[A-Za-z])? ?[0-9]( ?[0-9A-Za-z])? ?[0-9Oo] ?[A-Za-z] ?[A-Za-z]|' +
  '[Bb] ?[Ff] ?[Pp] ?[Oo]( ?[0-9]){1,4}'

const LOOSELY = new RegExp(`^(${LOOSE.replaceAll(' ?', '[ \\t\\n\\r]*')})$`)

/**
 * CBDS N00037: A9, A99, AA9, AA99, A9A or AA9A, a blank, 9AA; or BFPO and a number. Doubled blanks, small
 * letters and an O for the 0 are told apart from what is no postcode, as are letters that do not occur there.
 */
export const POSTCODE: ValueKind = {
  base: 'xs:token',
  facets: [['pattern', LOOSE]],
  form: (value) => (RIGHT_LETTERS.test(value) || LOOSELY.test(value) ? RIGHT : NO_POSTCODE),
  item: (value) => (RIGHT_LETTERS.test(value) ? RIGHT : MISSPELT),
}
