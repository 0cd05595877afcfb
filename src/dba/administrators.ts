import { z } from 'zod'
import {
  createPerson,
  endRoles,
  giveRole,
  lockPeople,
  newPersonId,
  noteAccountEvent,
  sendInvitation,
} from '../accounts/index.ts'
import { findDetails, listAuthorities, type OrganisationDetails } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { LANGUAGES } from '../kit/i18n.ts'
import { originOf } from '../kit/origin.ts'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import type { Actor } from '../permissions/decide.ts'
import type { World } from '../world.ts'
import { laField } from './fields.ts'
import { listAdministrators, membersOf, type Administrator, type PresentMember } from './people-store.ts'
import { tellAdministrators } from './tell-administrators.ts'

/** What stands for "nobody holds the role" in a form. */
export const NOBODY = 'nobody'

/** Every LA with its database administrator, if it has one (guidance for local authorities §3.1). */
export const browseAdministrators = action({
  name: 'dba.browse-administrators',
  permission: 'set-up-dba',
  input: z.strictObject({ lacking: z.literal('yes').optional() }),
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (organisation) => [organisation],
  async run({ tx, input }) {
    const held = new Map((await listAdministrators(tx)).map((one) => [one.organisation, one]))
    const authorities = (await listAuthorities(tx)).map((one) => ({
      ...one,
      administrator: held.get(one.code) ?? null,
    }))
    const lacking = authorities.filter(({ administrator }) => !administrator)
    return { authorities: input.lacking ? lacking : authorities, lacking: lacking.length }
  },
  auditSubject: () => null,
})

const laInput = z.strictObject({ la: laField })

async function findAuthority({
  world,
  input,
}: {
  world: World
  input: { la: string }
}): Promise<OrganisationDetails | null> {
  return findDetails(world.db, `${input.la}LLLL`)
}

/** An LA, the holder of its role, and who else of its people may get it. */
export interface Candidates {
  authority: OrganisationDetails
  present: PresentMember | null
  candidates: PresentMember[]
}

/** Opens the forms by which an LA's database administrator is set up. */
export const openAdministrator = action({
  name: 'dba.open-administrator',
  permission: 'set-up-dba',
  asksAgain: true,
  input: laInput,
  audited: 'refusals',
  find: findAuthority,
  business: ({ code }) => [code],
  async run({ tx, subject: authority }): Promise<Candidates> {
    const people = await membersOf(tx, authority.code)
    const present = people.find(({ roles }) => roles.includes('lea-dba')) ?? null
    // one person, not an account that several use
    const candidates = people.filter((one) => one !== present && !one.shared)
    return { authority, present, candidates }
  },
  auditSubject: ({ la }) => `${la}LLLL`,
})

/** Whom the form showed as the holder, and who is to lose the role: nobody is replaced unseen. */
const replacesField = z.string().regex(/^[\w-]{1,64}$/)

/** Takes the role from whoever holds it. Throws Refusal `dba-changed-meanwhile` (409) where that is not who was shown. */
async function endPresent(
  tx: Tx,
  { authority, replaces, actor, at }: { authority: string; replaces: string; actor: Actor; at: Date },
): Promise<Administrator | null> {
  const held = await listAdministrators(tx)
  const present = held.find(({ organisation }) => organisation === authority) ?? null
  if ((present?.id ?? NOBODY) !== replaces) throw new Refusal('conflict', 'dba-changed-meanwhile')
  if (present?.id === actor.id) throw new Refusal('conflict', 'own-account-by-others')
  if (!present) return null
  await endRoles(tx, { person: present.id, organisation: authority, roles: ['lea-dba'], at })
  const member = { id: present.id, organisation: authority }
  await noteAccountEvent(tx, member, { event: 'roles', by: actor, at, taken: ['lea-dba'] })
  return present
}

/** What became of it. */
export interface SetUp {
  la: string
  name: string
}

/** Makes a person of an LA its database administrator; the former one loses the role at once. Both are told, and the LA. */
export const setAdministrator = action({
  name: 'dba.set-administrator',
  permission: 'set-up-dba',
  asksAgain: true,
  input: laInput.extend({ person: z.string().regex(/^[\w-]{1,64}$/), replaces: replacesField }),
  find: findAuthority,
  business: ({ code }) => [code],
  async run({ world, tx, actor, input, subject: authority, now }): Promise<SetUp> {
    const { la, person: id, replaces } = input
    const { code } = authority
    if (id === actor.id) throw new Refusal('conflict', 'own-account-by-others')
    await lockPeople(tx, replaces === NOBODY ? [id] : [id, replaces])
    const member = (await membersOf(tx, code)).find((one) => one.id === id)
    if (!member || member.shared) throw new Refusal('not-found', 'person-unknown')
    if (id === replaces) throw new Refusal('conflict', 'dba-changed-meanwhile')
    const former = await endPresent(tx, { authority: code, replaces, actor, at: now })
    await giveRole(tx, { person: id, organisation: code, role: 'lea-dba', givenAt: now })
    const event = { event: 'roles', by: actor, at: now, given: ['lea-dba'] } as const
    await noteAccountEvent(tx, { id, organisation: code }, event)
    await tellAdministrators(world, tx, { authority, former: former?.id ?? null, next: id })
    return { la, name: member.name }
  },
  auditSubject: ({ la, person }) => `${la}LLLL ${person}`,
})

const text = z.string().max(300)

/** Adds a new person to an LA as its database administrator, and invites the person by e-mail. */
export const addAdministrator = action({
  name: 'dba.add-administrator',
  permission: 'set-up-dba',
  asksAgain: true,
  input: laInput.extend({
    name: text,
    username: text,
    email: text,
    language: z.enum(LANGUAGES),
    replaces: replacesField,
  }),
  find: findAuthority,
  business: ({ code }) => [code],
  async run({ world, tx, actor, input, subject: authority, now }): Promise<SetUp> {
    const { la, replaces, ...person } = input
    const { code } = authority
    const id = newPersonId()
    if (replaces !== NOBODY) await lockPeople(tx, [replaces])
    const former = await endPresent(tx, { authority: code, replaces, actor, at: now })
    const asked = { id, ...person, organisation: code, role: 'lea-dba', approver: false }
    await createPerson(tx, asked, now, world.config)
    const event = { event: 'created', by: actor, at: now, given: ['lea-dba'] } as const
    await noteAccountEvent(tx, { id, organisation: code }, event)
    await sendInvitation(world, tx, { person: id, publicUrl: originOf(world.config), now })
    await tellAdministrators(world, tx, { authority, former: former?.id ?? null, next: id })
    return { la, name: person.name }
  },
  auditSubject: ({ la }) => `${la}LLLL`,
})
