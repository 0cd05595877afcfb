import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { operate } from '../permissions/perform.ts'
import type { World } from '../world.ts'
import { authorityOf, type MailLanguage } from './rules.ts'
import {
  lockRegister,
  readOrganisations,
  saveOrganisations,
  type Establishment,
  type Organisation,
} from './store.ts'

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

/** Whether a text can stand as a name or town: one line of 1 to 200 characters that can be seen. */
function isLine(text: string): boolean {
  return text.trim() !== '' && text.length <= 200 && !/\p{C}/u.test(text)
}

/**
 * Corrects an organisation by hand and marks what was corrected, so that imports keep it. Throws Refusal
 * `email-address` or `one-line` (400) for a value that cannot stand, `organisation-unknown` (404) for a code that the
 * register does not have.
 */
export async function setOrganisation(
  world: Pick<World, 'db' | 'audit' | 'clock'>,
  code: string,
  changes: OrganisationChanges,
): Promise<Establishment> {
  const corrections = correctionsOf(changes, world.clock.now().toISOString().slice(0, 10))
  return operate(world, 'establishments.set', code, async (tx) => {
    await lockRegister(tx)
    const before = (await readOrganisations(tx, [code])).get(code)
    if (!before)
      throw new Refusal('not-found', 'organisation-unknown', { params: { code: code.slice(0, 20) } })
    const corrected = [...new Set([...before.corrected, ...Object.keys(corrections)])]
    const after = { ...before, ...corrections, corrected }
    const renamed = after.kind === 'authority' && after.nameEn !== before.nameEn
    const authority = await readOrganisations(tx, [authorityOf(code)])
    await saveOrganisations(
      tx,
      [after, ...(renamed ? await schoolsOf(tx, after.la) : [])],
      authority.set(code, after),
    )
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

/** The name of an LA is among the finder's words of each of its schools. */
async function schoolsOf(tx: Tx, la: string): Promise<Organisation[]> {
  return [...(await readOrganisations(tx)).values()].filter((one) => one.kind === 'school' && one.la === la)
}
