/** The 23 letters of a UPN in the order of their values 0 to 22: no I, O or S (CBDS N00001). */
const LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ'

/** What is wrong with a unique pupil number. */
export type UpnProblem = 'length' | 'letter' | 'digits' | 'check-letter'

/** What is wrong with a unique learner number. */
export type UlnProblem = 'length' | 'digits' | 'first-digit' | 'check-digit'

/**
 * The check letter that stands first in a UPN.
 * @param body12 its other 12 characters: 12 digits, or 11 digits and a letter (a temporary UPN)
 * @throws RangeError when `body12` is not such a body
 *
 * Source: CBDS N00001: digit times position (2 to 13), summed, modulo 23; a letter at 13 counts its value.
 */
export function upnCheckLetter(body12: string): string {
  if (!/^[0-9]{11}[0-9A-HJ-NP-RT-Z]$/.test(body12)) throw new RangeError('not the body of a UPN')
  let sum = 0
  for (let index = 0; index < 12; index++) {
    const character = body12[index]!
    const letter = LETTERS.indexOf(character)
    sum += (letter >= 0 ? letter : Number(character)) * (index + 2)
  }
  return LETTERS[sum % 23]!
}

/** What is wrong with a UPN, the first thing only; null when its form and check letter are right (CBDS N00001). */
export function upnProblem(upn: string): UpnProblem | null {
  if (upn.length !== 13) return 'length'
  if (!LETTERS.includes(upn[0]!)) return 'letter'
  if (!/^[0-9]{11}[0-9A-HJ-NP-RT-Z]$/.test(upn.slice(1))) return 'digits'
  return upnCheckLetter(upn.slice(1)) === upn[0] ? null : 'check-letter'
}

/** Characters 2 to 4 of a UPN: the number of the LA that issued it. */
export function upnLaNumber(upn: string): string {
  return upn.slice(1, 4)
}

/**
 * What is wrong with a ULN, the first thing only; null when it is right.
 *
 * Source: CBDS N00011: ten digits, the first not 0; the sum of 10 × first … 2 × ninth, modulo 11, is
 * never 0, and the last digit is 10 less that remainder.
 */
export function ulnProblem(uln: string): UlnProblem | null {
  if (uln.length !== 10) return 'length'
  if (!/^[0-9]{10}$/.test(uln)) return 'digits'
  if (uln[0] === '0') return 'first-digit'
  let sum = 0
  for (let index = 0; index < 9; index++) sum += Number(uln[index]) * (10 - index)
  const remainder = sum % 11
  return remainder !== 0 && Number(uln[9]) === 10 - remainder ? null : 'check-digit'
}
