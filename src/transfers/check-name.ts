import { z } from 'zod'
import { action } from '../permissions/action.ts'
import { findAddressing, permissionToSend, readName } from './accept-file.ts'
import { freeName } from './free-name.ts'
import { nameIsTaken } from './rules.ts'
import { stateOfName } from './store.ts'
import { nameForAudit } from './upload-file.ts'

/**
 * Says of a name, before anything is sent under it, who would send a file to whom: refused just as an upload would be.
 * `next` is a free name to the same destination where this one is taken.
 */
export const checkName = action({
  name: 'transfers.check-name',
  permission: (input) => permissionToSend(readName(input.name)),
  input: z.strictObject({
    name: z.string().min(1).max(300).describe('Name of the file'),
    header: z
      .string()
      .regex(/^\w{7}_\w{7}$/)
      .optional()
      .describe(
        'Source and destination as the header of the file has them, for a right name in place of a wrong one',
      ),
  }),
  audited: 'refusals',
  outOfReach: 'source-not-yours',
  find: ({ input }) => Promise.resolve(readName(input.name)),
  business: ({ source }) => [source],
  prepare: ({ world, actor, subject }) => findAddressing(world, subject, actor),
  async run({ tx, actor, subject: name, prepared: { warnings }, now }) {
    const holder = await stateOfName(tx, name.canonical)
    const isTaken = holder !== null && nameIsTaken(holder.status, holder.confirmedAt, now)
    const next = isTaken ? (await freeName(tx, name)).canonical : null
    return { name, sender: actor.organisation, warnings, next }
  },
  auditSubject: ({ name }) => nameForAudit(name),
})
