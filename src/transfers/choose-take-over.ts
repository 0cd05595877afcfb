import { z } from 'zod'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import { perform } from '../permissions/perform.ts'
import { CHOSEN_AT_ONCE } from './choose-files.ts'
import { closedInboxes } from './of-closed.ts'
import { takeOverFile } from './take-over-file.ts'
import { listUnfetched } from './take-over-store.ts'

/** What waits for the closed schools that the own organisation follows. */
export const browseTakeOver = action({
  name: 'transfers.browse-take-over',
  permission: 'collect-ctf',
  input: z.strictObject({}),
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (organisation) => [organisation],
  async run({ tx, subject: organisation }) {
    const inboxes = await closedInboxes(tx, organisation)
    const codes = inboxes.map(({ code }) => code)
    const files = codes.length > 0 ? await listUnfetched(tx, codes, organisation, CHOSEN_AT_ONCE) : []
    return { inboxes, files }
  },
  auditSubject: () => null,
})

/** How many files were taken over, and how many not: somebody was first, or they cannot be sent on. */
export interface TakenOver {
  taken: number
  left: number
}

/** Takes over the files that were chosen, each as by itself: one that comes too late keeps none of the others back. */
export const chooseTakeOver = action({
  name: 'transfers.choose-take-over',
  permission: 'collect-ctf',
  input: z.strictObject({
    id: z
      .array(z.string().regex(/^[\w-]{1,64}$/))
      .min(1)
      .max(CHOSEN_AT_ONCE)
      .transform((ids) => [...new Set(ids)]),
  }),
  // what is done to each file leaves a row of its own
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (organisation) => [organisation],
  async prepare({ world, actor, input }) {
    const counts = { taken: 0, left: 0 }
    for (const id of input.id) {
      try {
        await perform(world, actor, takeOverFile, { id })
        counts.taken += 1
      } catch (error) {
        if (!(error instanceof Refusal) || !['conflict', 'unacceptable'].includes(error.kind)) throw error
        counts.left += 1
      }
    }
    return counts
  },
  run: ({ prepared }): Promise<TakenOver> => Promise.resolve(prepared),
  auditSubject: () => null,
})
