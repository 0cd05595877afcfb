import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { Language } from '../kit/i18n.ts'

/** What a person can choose for themselves. */
export interface OwnChoices {
  language: Language
  /** E-mails about files go to the person too. */
  wantsMail: boolean
  phone: string | null
}

/** A person as they see themselves. */
export interface OwnDetails extends OwnChoices {
  username: string
  name: string
  email: string
}

/** The details of a person; null when there is none or it is archived. */
export async function ownDetails(querying: Querying, person: string): Promise<OwnDetails | null> {
  const { rows } = await sql<OwnDetails>`
    select username, name, email, phone, language, wants_mail as "wantsMail" from accounts.person
    where id = ${person} and archived_at is null`.execute(querying)
  return rows[0] ?? null
}

/** Keeps what a person chose. */
export async function setOwnChoices(
  tx: Tx,
  person: string,
  { language, wantsMail, phone }: OwnChoices,
): Promise<void> {
  await sql`
    update accounts.person set language = ${language}, wants_mail = ${wantsMail}, phone = ${phone}
    where id = ${person}`.execute(tx)
}
