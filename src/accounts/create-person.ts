import { findEstablishments, type Establishment } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { inBoth, type Language } from '../kit/i18n.ts'
import { newId } from '../kit/ids.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Role } from '../permissions/table.ts'
import { holdersOf } from './approvers-store.ts'
import { insertPerson, insertRole } from './people-store.ts'
import { readDetails, readUsername } from './read-person.ts'
import { rolesFor, type MailboxLists } from './rules.ts'

/** An id for a new person. */
export function newPersonId(): string {
  return `person-${newId()}`
}

/** A person as one is asked for. */
export interface NewPerson {
  /** From `newPersonId`. */
  id: string
  username: string
  name: string
  email: string
  phone?: string | undefined
  /** 7-character code of the organisation, in any letter case. */
  organisation: string
  /** A role's slug, or several; null for an approver without a role. */
  role: string | readonly string[] | null
  approver: boolean
  /** Neither role nor flag is wanted: the person is to use connected systems only. */
  withoutRole?: boolean
  /** That of pages and e-mails; English unless asked otherwise. */
  language?: Language
}

/**
 * Adds a person to one organisation, with roles, the approver's flag or both; `invite` is what lets the person in.
 * Refuses a username that cannot be one or was ever given, in any letter case; a name that cannot be shown; an address
 * that is none, is private or is read by several; an organisation that the register does not have; a role that does
 * not belong to its kind; and a second LEA database administrator or LEA school user of an LA (guidance for local
 * authorities §1.6, §3.1, §3.3, §3.7). Who may give which role is for the caller to decide.
 */
export async function createPerson(
  tx: Tx,
  asked: NewPerson,
  now: Date,
  lists: MailboxLists,
): Promise<{ organisation: Establishment }> {
  const username = readUsername(asked.username)
  const details = readDetails(asked, lists)
  const organisation = await findOrganisation(tx, asked.organisation)
  const roles = readRoles(asked, organisation)
  const { id, approver, language = 'en' } = asked
  const { code } = organisation
  const person = { id, username, ...details, language, organisation: code, approver, createdAt: now }
  if (!(await insertPerson(tx, person)))
    throw new Refusal('conflict', 'person-username-taken', { params: { username } })
  for (const role of roles) await giveRole(tx, { person: id, organisation: code, role, givenAt: now })
  return { organisation }
}

/** Gives a role. Throws Refusal `person-role-held` (409): one that only one may hold is held, and by whom. */
export async function giveRole(
  tx: Tx,
  held: { person: string; organisation: string; role: Role; givenAt: Date },
): Promise<void> {
  if (await insertRole(tx, held)) return
  const { organisation: code, role } = held
  const name = (await holdersOf(tx, code, role))[0]?.name ?? code
  const params = { code, name, role: inBoth(`pages.accounts.roles.${role}`) }
  throw new Refusal('conflict', 'person-role-held', { params })
}

async function findOrganisation(tx: Tx, text: string): Promise<Establishment> {
  const code = text.trim().toUpperCase()
  const organisation = (await findEstablishments(tx, [code])).get(code)
  if (!organisation)
    throw new Refusal('unacceptable', 'organisation-unknown', { params: { code: code.slice(0, 20) } })
  return organisation
}

function readRoles({ role: asked, approver, withoutRole }: NewPerson, { code, kind }: Establishment): Role[] {
  const fitting = rolesFor(kind)
  const slugs = [...new Set(asked === null ? [] : [asked].flat())]
  if (slugs.length === 0 && !approver && !withoutRole)
    throw new Refusal('unacceptable', 'person-role-none', { params: { roles: fitting.join(', ') } })
  return slugs.map((slug) => {
    const role = fitting.find((role) => role === slug)
    if (role) return role
    const params = { code, role: slug.slice(0, 40), roles: fitting.join(', ') }
    throw new Refusal('unacceptable', 'person-role', { params })
  })
}
