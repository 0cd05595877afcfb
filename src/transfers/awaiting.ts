import type { Querying } from '../kit/database.ts'
import { mayEver, type Actor } from '../permissions/decide.ts'
import { countFiles, type CountsRow } from './counts-store.ts'
import { beforeSchoolDays, readdressableSince, UNCOLLECTED_SCHOOL_DAYS } from './rules.ts'

/** How many files await something of somebody; null: not for the role to see. */
export type Awaiting = Record<keyof CountsRow, number | null>

/** What awaits somebody at the organisation acted for, each number only for a role that may act on it. */
export async function awaitingFor(querying: Querying, actor: Actor, now: Date): Promise<Awaiting> {
  const counts = await countFiles(querying, actor.organisation, {
    rejectedSince: readdressableSince(now),
    uncollectedBefore: beforeSchoolDays(now, UNCOLLECTED_SCHOOL_DAYS),
  })
  const mayCollect = mayEver(actor, 'collect-ctf')
  return {
    toDownload: mayCollect ? counts.toDownload : null,
    toConfirm: mayCollect ? counts.toConfirm : null,
    rejected: mayEver(actor, 'send-ctf') ? counts.rejected : null,
    uncollected: mayEver(actor, 'see-sent-files') ? counts.uncollected : null,
  }
}
