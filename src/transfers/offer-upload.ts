import { z } from 'zod'
import { action } from '../permissions/action.ts'

/** Opens the page for sending files, to whoever may send any. */
export const offerUpload = action({
  name: 'transfers.offer-upload',
  permission: ['send-ctf', 'deposit-in-lpd'],
  input: z.strictObject({}),
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (organisation) => [organisation],
  run: () => Promise.resolve({}),
  auditSubject: () => null,
})
