import { sql, type Kysely } from 'kysely'

/**
 * What awaits somebody is counted at every look at the home page: by the status, which 0008 has an index for, and by
 * these. Rows leave them once they are dealt with, so that they do not grow with the years.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index file_rejected on transfers.file (source, changed_at)
    where status = 'rejected' and readdressed_as is null`.execute(db)
  // the same, and what nobody fetched, of the files that an LA sent for its schools
  await sql`
    create index file_rejected_for on transfers.file (sender, changed_at)
    where status = 'rejected' and readdressed_as is null and sender <> source`.execute(db)
  await sql`
    create index file_uncollected_for on transfers.file (sender, uploaded_at)
    where status = 'awaiting' and fetched_at is null and sender <> source`.execute(db)
}
