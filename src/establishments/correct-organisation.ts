import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { authorityOf } from './rules.ts'
import {
  lockRegister,
  readOrganisations,
  readSchoolsOf,
  saveOrganisations,
  type Organisation,
} from './store.ts'

/** An organisation before and after it was corrected. */
export interface Corrected {
  before: Organisation
  after: Organisation
}

/**
 * Corrects an organisation by hand: the fields that are given are marked, so that imports keep them, and the finder
 * follows. Throws Refusal `organisation-unknown` (404) for a code that the register does not have.
 */
export async function correctOrganisation(
  tx: Tx,
  code: string,
  corrections: Partial<Organisation>,
): Promise<Corrected> {
  await lockRegister(tx)
  const known = await readOrganisations(tx, [code, authorityOf(code)])
  const before = known.get(code)
  if (!before) throw new Refusal('not-found', 'organisation-unknown', { params: { code: code.slice(0, 20) } })
  const corrected = [...new Set([...before.corrected, ...Object.keys(corrections)])]
  const after = { ...before, ...corrections, corrected }
  // the names of an LA are among the finder's words of each of its schools
  const isRenamed = after.nameEn !== before.nameEn || after.nameCy !== before.nameCy
  const schools = after.kind === 'authority' && isRenamed ? await readSchoolsOf(tx, after.la) : []
  await saveOrganisations(tx, [after, ...schools], known.set(code, after))
  return { before, after }
}
