import { z } from 'zod'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import { fileInput, findSubject } from './file-party.ts'
import {
  addressingTo,
  destinationInput,
  permissionToReaddress,
  refuseLateReaddress,
} from './readdress-file.ts'

/**
 * Opens the form for sending a rejected file on: `q` is what is looked for, `to` a destination that was chosen, and the
 * answer then says under which name the file would go there.
 */
export const offerReaddress = action({
  name: 'transfers.offer-readdress',
  permission: ({ to }) => permissionToReaddress(to ?? ''),
  input: fileInput.extend({
    q: z.string().max(200).optional(),
    to: destinationInput.optional(),
    choosing: z.literal('yes').optional().describe('One of what was found had to be chosen'),
  }),
  audited: 'refusals',
  find: findSubject,
  business: (file) => [file.source],
  async prepare({ world, actor, input, subject: file, now }) {
    refuseLateReaddress(file, { world, now })
    return input.to === undefined ? null : addressingTo(input.to, { world, actor, file, now })
  },
  run({ input: { q = '', to, choosing }, subject: file, prepared: addressing }) {
    if (choosing && to === undefined) throw new Refusal('malformed', 'input', { params: { field: 'to' } })
    return Promise.resolve({ file, q: q.trim(), addressing })
  },
  auditSubject: ({ id }) => id,
})
