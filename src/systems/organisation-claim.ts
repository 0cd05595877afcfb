import { authorityOf, findDetails, findEstablishments } from '../establishments/index.ts'
import type { Querying } from '../kit/database.ts'
import { asClaim, type OrganisationClaim } from './rules.ts'

/** An organisation as a connected system is told of it; null when the register does not have it. */
export async function organisationClaim(querying: Querying, code: string): Promise<OrganisationClaim | null> {
  const found = await findDetails(querying, code)
  if (!found) return null
  const authority = authorityOf(code)
  const authorities = await findEstablishments(querying, [authority])
  return asClaim(found, authorities.get(authority)?.nameEn ?? null)
}
