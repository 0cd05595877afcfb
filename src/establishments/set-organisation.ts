import { Refusal } from '../kit/refusal.ts'
import { operate } from '../permissions/perform.ts'
import type { World } from '../world.ts'
import { correctOrganisation } from './correct-organisation.ts'
import { isLine, type MailLanguage } from './rules.ts'
import type { Establishment, Organisation } from './store.ts'

/** What is set; what is left out stays. */
export interface OrganisationChanges {
  /** Empty: it has none. */
  email?: string
  language?: MailLanguage
  name?: string
  town?: string
  status?: 'open' | 'closed'
}

const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const DOMAIN = /^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$/

/** Whether a text is an e-mail address that mail can be sent to: one @, a name before it, a domain after it. */
export function isEmail(text: string): boolean {
  const at = text.indexOf('@')
  const [local, domain] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)]
  return local.length <= 64 && text.length <= 254 && LOCAL_PART.test(local) && DOMAIN.test(domain)
}

/**
 * Corrects an organisation by hand, as the operator, and marks what was corrected, so that imports keep it. Throws
 * Refusal `email-address` or `one-line` (400) for a value that cannot stand, `organisation-unknown` (404) for a code that
 * the register does not have.
 */
export async function setOrganisation(
  world: Pick<World, 'db' | 'audit' | 'clock'>,
  code: string,
  changes: OrganisationChanges,
): Promise<Establishment> {
  const corrections = correctionsOf(changes, world.clock.now().toISOString().slice(0, 10))
  return operate(world, 'establishments.set', code, async (tx) => {
    const { after } = await correctOrganisation(tx, code, corrections)
    return after
  })
}

function correctionsOf(changes: OrganisationChanges, today: string): Partial<Organisation> {
  const { email, language, name, town, status } = changes
  if (email !== undefined && email !== '' && !isEmail(email)) throw new Refusal('malformed', 'email-address')
  for (const text of [name, town])
    if (text !== undefined && !isLine(text)) throw new Refusal('malformed', 'one-line')
  return {
    ...(email === undefined ? {} : { email: email || null }),
    ...(language === undefined ? {} : { language }),
    ...(name === undefined ? {} : { nameEn: name.trim() }),
    ...(town === undefined ? {} : { town: town.trim() }),
    ...(status === undefined ? {} : { status, closed: status === 'closed' ? today : null }),
  }
}
