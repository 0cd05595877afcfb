import { sql, type Querying } from '../kit/database.ts'
import type { Language } from '../kit/i18n.ts'

/** An account that somebody with an e-mail address may sign in with. */
export interface Account {
  person: string
  username: string
  name: string
  email: string
  language: Language
  organisationEn: string
  /** Null where there is one name only. */
  organisationCy: string | null
}

/**
 * The accounts of an e-mail address, whatever its letter case, that have a password and may act somewhere; a row for each
 * organisation, 20 at most.
 */
export async function accountsOf(querying: Querying, email: string): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select m.person, m.username, m.name, m.email, m.language, m.organisation_en as "organisationEn",
           m.organisation_cy as "organisationCy"
    from accounts.person p
    join accounts.live_membership m on m.person = p.id
    join secure_access.credential c on c.person = p.id
    where lower(p.email) = ${email.toLowerCase()}
    order by m.username, m.organisation limit 20`.execute(querying)
  return rows
}
