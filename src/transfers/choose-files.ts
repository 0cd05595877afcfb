import { z } from 'zod'
import { Refusal } from '../kit/refusal.ts'
import { action, type Asked } from '../permissions/action.ts'
import { perform } from '../permissions/perform.ts'
import { confirmFile } from './confirm-file.ts'
import { findReceived } from './lists-store.ts'
import { notReceived } from './not-received.ts'
import type { FileRow } from './store.ts'

/** Files that can be chosen at once: two pages of a list. */
export const CHOSEN_AT_ONCE = 200

const chosenInput = z.strictObject({
  id: z
    .array(z.string().regex(/^[\w-]{1,64}$/))
    .min(1)
    .max(CHOSEN_AT_ONCE)
    .transform((ids) => [...new Set(ids)]),
  // what is asked for them; "yes" and "no" answer "downloaded correctly?"
  do: z.enum(['look', 'download', 'reject', 'yes', 'no']).default('look'),
})

type Chosen = z.infer<typeof chosenInput>

/** Files that were chosen in a list, and what came of an answer. */
export interface ChosenFiles {
  files: FileRow[]
  asked: Chosen['do']
  /** For how many files the answer was taken. */
  taken: number
  /** How many were recalled, rejected or confirmed by somebody else before. */
  late: number
}

/**
 * Files that were sent to the own organisation, as they were chosen in a list: all or none. "Downloaded correctly?"
 * (guidance for local authorities §5.2) is answered for each as by itself: its sender is told of a yes, and one that comes
 * too late keeps none of the others back.
 */
export const chooseFiles = action({
  name: 'transfers.choose',
  permission: 'collect-ctf',
  input: chosenInput,
  // what is done to each file leaves a row of its own
  audited: 'refusals',
  async find({ world, actor, input }): Promise<FileRow[] | null> {
    const files = await findReceived(world.db, actor.organisation, input.id)
    return files.length === input.id.length ? files : null
  },
  business: (files) => files.map(({ destination }) => destination),
  async prepare(asked) {
    const counts = { taken: 0, late: 0 }
    if (asked.input.do !== 'yes' && asked.input.do !== 'no') return counts
    for (const { id } of asked.subject) {
      if (await isTaken(asked, id)) counts.taken += 1
      else counts.late += 1
    }
    return counts
  },
  run: ({ input, subject, prepared }): Promise<ChosenFiles> =>
    Promise.resolve({ files: subject, asked: input.do, ...prepared }),
  auditSubject: () => null,
})

async function isTaken({ world, actor, input }: Asked<Chosen, FileRow[]>, id: string): Promise<boolean> {
  try {
    if (input.do === 'yes') await perform(world, actor, confirmFile, { id })
    else await perform(world, actor, notReceived, { id })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'conflict') return false
    throw error
  }
}
