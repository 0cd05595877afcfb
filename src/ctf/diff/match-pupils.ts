import { elementsIn, textIn, type Elements } from '../content.ts'
import { asRead } from './as-read.ts'

/** The pupils of two files side by side. */
export interface MatchedPupils {
  /** In the order of the second file. */
  both: readonly { before: Elements; after: Elements }[]
  onlyBefore: readonly Elements[]
  onlyAfter: readonly Elements[]
}

/**
 * Finds each pupil of one file in another: by UPN, by a UPN that one of them has as the former one, and else by
 * surname, forename and date of birth.
 */
export function matchPupils(before: readonly Elements[], after: readonly Elements[]): MatchedPupils {
  const left = new Map(after.map((pupil, index) => [index, pupil]))
  const found = new Map<number, Elements>()
  let rest: readonly Elements[] = before
  for (const [keysOfBefore, keysOfAfter] of WAYS) {
    const byKey = new Map<string, number>()
    for (const [index, pupil] of left) for (const key of keysOfAfter(pupil)) byKey.set(key, index)
    rest = rest.filter((pupil) => {
      const index = keysOfBefore(pupil)
        .map((key) => byKey.get(key))
        .find((index) => index !== undefined && left.has(index))
      if (index === undefined) return true
      found.set(index, pupil)
      left.delete(index)
      return false
    })
  }
  const both = after.flatMap((pupil, index) => {
    const earlier = found.get(index)
    return earlier ? [{ before: earlier, after: pupil }] : []
  })
  return { both, onlyBefore: rest, onlyAfter: [...left.values()] }
}

type Keys = (pupil: Elements) => readonly string[]

const some = (text: string | null): readonly string[] => (text === null ? [] : [text])

const upn: Keys = (pupil) => some(textIn(pupil, 'UPN'))
const formerUpn: Keys = (pupil) => some(textIn(elementsIn(pupil, 'BasicDetails')[0] ?? null, 'FormerUPN'))

const nameAndBirth: Keys = (pupil) => {
  const values = ['Surname', 'Forename', 'DOB'].map((name) => textIn(pupil, name))
  return values.includes(null) ? [] : [asRead(values.join('|')).toLowerCase()]
}

/** What is looked for of a pupil before, among what of those after. */
const WAYS: readonly (readonly [Keys, Keys])[] = [
  [upn, upn],
  [upn, formerUpn],
  [formerUpn, upn],
  [nameAndBirth, nameAndBirth],
]
