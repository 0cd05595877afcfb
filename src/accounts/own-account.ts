import { z } from 'zod'
import { LANGUAGES } from '../kit/i18n.ts'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import { ownDetails, setOwnChoices } from './own-store.ts'
import { membershipsOf } from './people.ts'
import { readPhone } from './rules.ts'

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

/** A person chooses the language of pages and e-mails, whether e-mails about files are wanted, and a telephone number. */
export const changeOwnAccount = action({
  name: 'accounts.change-own',
  permission: 'own-account',
  input: z.strictObject({
    language: z.enum(LANGUAGES),
    mail: z.enum(['yes', 'no']).describe('Whether e-mails about files are wanted'),
    phone: z.string().max(100).optional(),
  }),
  find: ({ world, actor }) => ownDetails(world.db, actor.id),
  business: () => [],
  async run({ tx, actor, input }) {
    const phone = readPhone(input.phone ?? '')
    if (phone === undefined) throw new Refusal('unacceptable', 'person-phone')
    await setOwnChoices(tx, actor.id, { language: input.language, wantsMail: input.mail === 'yes', phone })
    return input
  },
  auditSubject: () => null,
})
