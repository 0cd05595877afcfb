import { z } from 'zod'
import {
  correctOrganisation,
  findDetails,
  listAuthorities,
  saveSettings,
  type OrganisationDetails,
} from '../establishments/index.ts'
import { action } from '../permissions/action.ts'
import type { Actor } from '../permissions/decide.ts'
import type { World } from '../world.ts'
import { emailField, laField, lineField, optional, phoneField } from './fields.ts'
import { ownAuthority } from './list-schools.ts'
import type { ChangedDetails } from './school.ts'
import { differing, tellChanges } from './tell.ts'

/** An LA, or the choice of one that the national administrator has. */
interface Chosen {
  authority: OrganisationDetails | null
  code: string
}

async function findAuthority({
  world,
  actor,
  input,
}: {
  world: World
  actor: Actor
  input: { la?: string | undefined }
}): Promise<Chosen | null> {
  const la = input.la ?? ownAuthority(actor)
  if (la === null) return { authority: null, code: actor.organisation }
  const authority = await findDetails(world.db, `${la}LLLL`)
  return authority && { authority, code: authority.code }
}

/** The details of an LA, to be changed (guidance for local authorities §3.9). */
export const showAuthority = action({
  name: 'dba.show-authority',
  permission: 'maintain-details',
  input: z.strictObject({ la: laField.optional() }),
  audited: 'refusals',
  find: findAuthority,
  business: ({ code }) => [code],
  run: async ({ tx, actor, subject: { authority } }) => ({
    authority,
    authorities: ownAuthority(actor) === null ? await listAuthorities(tx) : [],
  }),
  auditSubject: () => null,
})

/** The most school days that an LA may wait before it counts a pupil as lost. */
export const LOST_AFTER_MOST = 99

/**
 * Changes an LA's details: its names, address and telephone, whether it gets copies of the CTFs to and from its schools
 * (off: no new copies and no mail, earlier ones stay), and after how many school days it counts a pupil as lost.
 */
export const changeAuthority = action({
  name: 'dba.change-authority',
  permission: 'maintain-details',
  input: z.strictObject({
    la: laField.optional(),
    nameEn: lineField,
    nameCy: optional(lineField),
    email: optional(emailField),
    phone: optional(phoneField),
    copies: z.enum(['on', 'off']).transform((text) => text === 'on'),
    lostAfterDays: z
      .string()
      .trim()
      .regex(/^[1-9]\d?$/)
      .transform(Number),
  }),
  async find(asked) {
    return (await findAuthority(asked))?.authority ?? null
  },
  business: ({ code }) => [code],
  async run({ world, tx, actor, input, subject: before }): Promise<ChangedDetails> {
    const { la: _, ...typed } = input
    const { code } = before
    const changes = differing(before, typed)
    if (Object.keys(changes).length === 0) return { code, outcome: 'unchanged' }
    const { copies: _c, lostAfterDays: _d, ...details } = changes
    // settings of the service are no details that a list has
    if (Object.keys(details).length > 0) await correctOrganisation(tx, code, details)
    await saveSettings(tx, code, { ...before, ...changes })
    const told = await tellChanges(world, tx, { before, changes, template: 'authority-changed', by: actor })
    return { code, outcome: told ? 'told' : 'untold' }
  },
  auditSubject: ({ la }, answer) => answer?.code ?? (la === undefined ? null : `${la}LLLL`),
})
