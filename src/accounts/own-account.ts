import { z } from 'zod'
import { LANGUAGES } from '../kit/i18n.ts'
import { action } from '../permissions/action.ts'
import { ownDetails, setOwnChoices } from './own-store.ts'
import { membershipsOf } from './people.ts'

/** A person's own details, with their organisations and roles. */
export const showOwnAccount = action({
  name: 'accounts.show-own',
  permission: 'own-account',
  input: z.strictObject({}),
  audited: 'refusals',
  find: ({ world, actor }) => ownDetails(world.db, actor.id),
  business: () => [],
  run: async ({ tx, actor, subject }) => ({
    details: subject,
    memberships: await membershipsOf(tx, actor.id),
  }),
  auditSubject: () => null,
})

/** A person chooses the language of pages and e-mails, and whether e-mails about files are wanted. */
export const changeOwnAccount = action({
  name: 'accounts.change-own',
  permission: 'own-account',
  input: z.strictObject({
    language: z.enum(LANGUAGES),
    mail: z.enum(['yes', 'no']).describe('Whether e-mails about files are wanted'),
  }),
  find: ({ world, actor }) => ownDetails(world.db, actor.id),
  business: () => [],
  async run({ tx, actor, input }) {
    await setOwnChoices(tx, actor.id, { language: input.language, wantsMail: input.mail === 'yes' })
    return input
  },
  auditSubject: () => null,
})
