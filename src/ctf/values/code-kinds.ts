import { codeIn, codeSet, type CodeSet } from '../codes/code-sets.ts'
import { RIGHT, type Breach, type Facet, type ValueKind } from './value-kind.ts'

/**
 * A code of a set.
 * @param isVerified whether the element is; where it or the set is not, another code only warns
 */
export function code(name: string, isVerified: boolean): ValueKind {
  const set = codeSet(name)
  const rule = isVerified && set.certainty === 'V' ? 'ctf-128' : 'ctf-140'
  const unknown: readonly Breach[] = [[rule, { codes: listed(set) }]]
  const warnings = warningsOf(set)
  return {
    base: 'xs:token',
    facets: facetsOfSet(set),
    form: (value) => (codeIn(set, value) ? RIGHT : unknown),
    ...(warnings.size > 0 && { item: (value) => warnings.get(value) ?? RIGHT }),
  }
}

/** What the codes of a set that are not quite right give: those of old records, and those not verified. */
function warningsOf(set: CodeSet): ReadonlyMap<string, readonly Breach[]> {
  const warnings = new Map<string, readonly Breach[]>()
  for (const { code, historic, certainty } of set.codes.values()) {
    if (historic && !set.keepsHistory) warnings.set(code, [['ctf-147', { code }]])
    else if (certainty !== 'V') warnings.set(code, [['ctf-148', { code }]])
  }
  return warnings
}

/** All codes, or as many as a sentence can take. */
function listed(set: CodeSet): string {
  const codes = [...set.codes.keys()]
  return codes.length <= 20 ? codes.join(', ') : `${codes.slice(0, 12).join(', ')} …`
}

function facetsOfSet(set: CodeSet): Facet[] {
  const codes = [...set.codes.keys()]
  if (!set.anyCase) return codes.map((one) => ['enumeration', one])
  const either = (letter: string) => `[${letter}${letter.toLowerCase()}]`
  return [['pattern', codes.map((one) => one.split('').map(either).join('')).join('|')]]
}
