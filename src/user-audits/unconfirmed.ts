import { z } from 'zod'
import { DEPARTMENT } from '../establishments/index.ts'
import { action } from '../permissions/action.ts'
import { listUnconfirmed, type Confirmation } from './confirmations-store.ts'
import { laNumbersOf, type AuthorityProgress } from './progress-store.ts'
import { selectRound, type Round } from './rounds-store.ts'

/** People on a page of the list. */
const PAGE = 100

const place = z
  .string()
  .max(100)
  .transform((text, context): readonly [string, string] => {
    const read = /^([0-9A-Z]{7})~([A-Za-z0-9]+)$/.exec(text)
    if (read) return [read[1]!, read[2]!]
    context.addIssue({ code: 'custom', message: 'no place' })
    return z.NEVER
  })

/** Who is not confirmed yet in a round; a page of them. */
export interface UnconfirmedPage {
  round: Round
  items: Confirmation[]
  /** Where the next page begins; null on the last. */
  next: string | null
  authorities: Pick<AuthorityProgress, 'la' | 'nameEn' | 'nameCy'>[]
}

/** People of a round who are not confirmed yet, as whoever runs the audit narrows them, 100 at a time. */
export const listUnconfirmedPeople = action({
  name: 'user-audits.unconfirmed',
  permission: 'run-user-audit',
  input: z.strictObject({
    id: z.string().regex(/^[\w-]{1,64}$/),
    la: z
      .string()
      .regex(/^(\d{3}|SUP)$/)
      .optional(),
    q: z
      .string()
      .max(100)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u)
      .transform((text) => text.trim() || undefined)
      .optional(),
    came: z.enum(['yes', 'no']).optional(),
    after: place.optional(),
  }),
  audited: 'refusals',
  find: ({ world, input }) => selectRound(world.db, input.id),
  business: () => [DEPARTMENT],
  async run({ tx, input: { id, ...filter }, subject }): Promise<UnconfirmedPage> {
    const found = await listUnconfirmed(tx, { round: id, ...filter }, PAGE + 1)
    const items = found.slice(0, PAGE)
    const last = items.at(-1)
    return {
      round: subject,
      items,
      next: found.length > PAGE && last ? `${last.organisation}~${last.listed}` : null,
      authorities: await laNumbersOf(tx, id),
    }
  },
  auditSubject: ({ id }) => id,
})
