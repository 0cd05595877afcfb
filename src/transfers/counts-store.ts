import type { RawBuilder } from 'kysely'
import { sql, type Querying } from '../kit/database.ts'

/** How many files await something at an organisation. */
export interface CountsRow {
  /** Sent to it and to be downloaded, for the first time or since the first did not arrive. */
  toDownload: number
  /** Downloaded, and not said whether correctly. */
  toConfirm: number
  /** Sent by it, rejected, and not sent on. */
  rejected: number
  /** Sent by it long ago and not downloaded. */
  uncollected: number
}

/** From and until when files are counted. */
export interface CountsFrame {
  rejectedSince: Date
  uncollectedBefore: Date
}

/** Counts what awaits an organisation. */
export async function countFiles(
  querying: Querying,
  organisation: string,
  frame: CountsFrame,
): Promise<CountsRow> {
  const { rows } = await countsQuery(organisation, frame).execute(querying)
  return rows[0]!
}

/**
 * What awaits an organisation as the destination, as the source, and as the LA that sent for one of its schools. Each
 * count reads a stretch of an index that does not grow with the years: what awaits by the status (migration 0008), what
 * was rejected and is not sent on, and what was sent for others, by indexes of their own (migration 0009).
 */
export function countsQuery(
  organisation: string,
  { rejectedSince, uncollectedBefore }: CountsFrame,
): RawBuilder<CountsRow> {
  const rejected = sql`status = 'rejected' and readdressed_as is null and changed_at >= ${rejectedSince}`
  const uncollected = sql`status = 'awaiting' and fetched_at is null and uploaded_at <= ${uncollectedBefore}`
  return sql<CountsRow>`
    select
      (select count(*)::integer from transfers.file
       where destination = ${organisation} and status = 'awaiting'
         and (fetched_at is null or not_received_at is not null)) as "toDownload",
      (select count(*)::integer from transfers.file
       where destination = ${organisation} and status = 'awaiting'
         and fetched_at is not null and not_received_at is null) as "toConfirm",
      (select count(*)::integer from transfers.file where source = ${organisation} and ${rejected})
      + (select count(*)::integer from transfers.file
         where sender = ${organisation} and sender <> source and ${rejected}) as rejected,
      (select count(*)::integer from transfers.file where source = ${organisation} and ${uncollected})
      + (select count(*)::integer from transfers.file
         where sender = ${organisation} and sender <> source and ${uncollected}) as uncollected`
}
