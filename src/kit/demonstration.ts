import { sql, type Querying, type Tx } from './database.ts'

/** Whether the installation shows invented data: its pages say so, and its mails can be read at /outbox. */
export async function isDemonstration(querying: Querying): Promise<boolean> {
  const { rows } = await sql`select 1 from kit.demonstration`.execute(querying)
  return rows.length > 0
}

/** Marks the installation as one that shows invented data. */
export async function markDemonstration(tx: Tx, since: Date): Promise<void> {
  await sql`insert into kit.demonstration (since) values (${since})`.execute(tx)
}
