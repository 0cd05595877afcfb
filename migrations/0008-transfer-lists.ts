import { sql, type Kysely } from 'kysely'

/**
 * Lists of files for people: an index for each order in which the inbox and the sent files are read page by page, and
 * one by status, so that the few that await are found among the many that came over the years.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // "downloaded correctly?": no. It is asked again after the next download
  await sql`alter table transfers.file add column not_received_at timestamptz`.execute(db)
  for (const [own, other] of [
    ['destination', 'source'],
    ['source', 'destination'],
  ]) {
    const index = async (name: string, rest: string): Promise<void> => {
      await sql`
        create index ${sql.ref(`file_${own}_${name}`)} on transfers.file (${sql.ref(own!)}, ${sql.raw(rest)})`.execute(
        db,
      )
    }
    await index('status', 'status, uploaded_at, id')
    await index('name', 'name collate "C", uploaded_at, id')
    await index('other', `${other}, uploaded_at, id`)
    await index('pupils', 'pupils, uploaded_at, id')
  }
  // what other rooms may look names up in
  await sql`
    create view establishments.known_name as
      select code, name_key, lower(name_cy) as welsh_key from establishments.organisation`.execute(db)
}
