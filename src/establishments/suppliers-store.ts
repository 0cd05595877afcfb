import { sql, type Querying } from '../kit/database.ts'
import type { Establishment } from './store.ts'

/** The highest code of a supplier; null before the first. */
export async function lastSupplier(querying: Querying): Promise<string | null> {
  const { rows } = await sql<{ code: string | null }>`
    select max(code) as code from establishments.organisation where kind = 'supplier'`.execute(querying)
  return rows[0]!.code
}

/** Every supplier, by name. */
export async function listSuppliers(
  querying: Querying,
): Promise<Pick<Establishment, 'code' | 'nameEn' | 'email'>[]> {
  const { rows } = await sql<Pick<Establishment, 'code' | 'nameEn' | 'email'>>`
    select code, name_en as "nameEn", email from establishments.organisation
    where kind = 'supplier' order by name_key, code`.execute(querying)
  return rows
}
