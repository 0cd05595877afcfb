import type { Querying } from '../kit/database.ts'
import type { MailAddress } from '../kit/mail/mailer.ts'
import { reachOf, type Permission } from '../permissions/table.ts'
import { selectPresent } from './people-store.ts'

/** Who there is at some organisations, read at once. */
export interface Audience {
  /**
   * Whom mail about a matter goes to, beside the organisation's own address: those of its people whose role may see to
   * it, from their invitation on, unless they declined mail. Each in the language of the person.
   */
  recipients(organisation: string, permission: Permission): MailAddress[]
  /** Whether anybody could collect for it now: a machine client, or somebody who has set a password and may collect. */
  hasAnybody(organisation: string): boolean
}

/** Who there is at `organisations` (codes, one at least): one statement, however many they are. */
export async function audienceOf(querying: Querying, organisations: readonly string[]): Promise<Audience> {
  const there = await selectPresent(querying, [...new Set(organisations)])
  return {
    recipients(organisation, permission) {
      const people = there.filter(
        (one) => one.organisation === organisation && one.wantsMail && reachOf(one.role, permission) !== null,
      )
      // a person of several roles stands there with each
      const byAddress = new Map(people.map((one) => [one.email, one]))
      return [...byAddress.values()].map(({ email, name, language }) => ({ address: email, name, language }))
    },
    hasAnybody: (organisation) =>
      there.some(
        (one) =>
          one.organisation === organisation &&
          (one.isClient || (one.activated && reachOf(one.role, 'collect-ctf') !== null)),
      ),
  }
}
