import { predecessorsOf, type Predecessor } from '../establishments/index.ts'
import type { Querying } from '../kit/database.ts'
import { mayEver, type Actor } from '../permissions/decide.ts'
import { countUnfetched } from './take-over-store.ts'

/** A closed school for which files wait that its successor can take over. */
export interface ClosedInbox extends Predecessor {
  /** Files that nobody fetched. */
  count: number
}

/** The closed schools that an organisation follows and for which files wait, by code. */
export async function closedInboxes(querying: Querying, organisation: string): Promise<ClosedInbox[]> {
  const closed = await predecessorsOf(querying, organisation)
  if (closed.length === 0) return []
  const codes = closed.map(({ code }) => code)
  const counts = await countUnfetched(querying, codes, organisation)
  return closed.flatMap((one) => {
    const count = counts.get(one.code)
    return count ? [{ ...one, count }] : []
  })
}

/** How many files somebody's organisation can take over of closed schools; null: not for the role to do. */
export async function filesOfClosed(querying: Querying, actor: Actor): Promise<number | null> {
  if (!mayEver(actor, 'collect-ctf')) return null
  const inboxes = await closedInboxes(querying, actor.organisation)
  return inboxes.reduce((sum, { count }) => sum + count, 0)
}
