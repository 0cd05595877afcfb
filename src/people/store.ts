import { sql, type Querying, type Tx } from '../kit/database.ts'

/** Lets one after the other add to the people of an organisation, so that no two are added with one e-mail address. */
export async function lockOrganisation(tx: Tx, code: string): Promise<void> {
  await sql`select code from establishments.organisation where code = ${code} for no key update`.execute(tx)
}

/** Who of an organisation has an e-mail address now, in any letter case, but for one person; null: nobody. */
export async function nameByEmail(
  querying: Querying,
  { organisation, email, but }: { organisation: string; email: string; but: string | null },
): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select p.name from accounts.membership m join accounts.person p on p.id = m.person
    where m.organisation = ${organisation} and m.ended_at is null and lower(p.email) = lower(${email})
      and p.id is distinct from ${but}::text
    order by p.name_key limit 1`.execute(querying)
  return rows[0]?.name ?? null
}
