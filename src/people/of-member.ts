import { z } from 'zod'
import { memberOf, type Member } from '../accounts/index.ts'
import type { World } from '../world.ts'

/** Code of an organisation as it stands in an address. */
export const organisationCode = z.string().regex(/^[0-9A-Z]{7}$/)

/** What every action on somebody's account is told: the organisation, and whose. */
export const memberShape = { organisation: organisationCode, id: z.string().regex(/^[\w-]{1,64}$/) }

/** The same where nothing else is told. */
export const memberInput = z.strictObject(memberShape)

/** A person at an organisation, as an address names one. */
export type MemberInput = z.infer<typeof memberInput>

/** What an action on somebody's account shares with every other. */
export const ofMember = {
  find: ({ world, input }: { world: World; input: MemberInput }) =>
    memberOf(world.db, input.organisation, input.id),
  business: ({ organisation }: Member) => [organisation],
  auditSubject: ({ id }: MemberInput) => id,
}
