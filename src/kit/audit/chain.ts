import { createHmac, type KeyObject } from 'node:crypto'
import { sql, type Database, type Tx } from '../database.ts'

/** What a row of the audit says: everything that its seal covers. */
export interface AuditFacts {
  id: string
  at: Date
  actorKind: string
  actor: string
  organisation: string | null
  action: string
  outcome: string
  reason: string | null
  subject: string | null
  address: string | null
}

/** HMAC-SHA256 by the audit's key; `use` keeps seals, links and heads apart. */
export function mac(key: KeyObject, use: 'row' | 'link' | 'head', ...parts: (string | Buffer)[]): Buffer {
  const hmac = createHmac('sha256', key).update(`cts audit ${use} v1\n`)
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

/** The seal of a row, 32 bytes: nobody without the key can write a row or alter one. Times count in milliseconds. */
export function sealOf(key: KeyObject, row: AuditFacts): Buffer {
  const { id, at, actorKind, actor, organisation, action, outcome, reason, subject, address } = row
  const facts = [
    id,
    at.toISOString(),
    actorKind,
    actor,
    organisation,
    action,
    outcome,
    reason,
    subject,
    address,
  ]
  return mac(key, 'row', JSON.stringify(facts))
}

/**
 * The hash of a row in the chain, 32 bytes: of the hash before it and its own seal. By the key too, so that a row
 * cannot be taken out and the rest of the chain computed anew.
 */
export function linkOf(key: KeyObject, previous: Buffer, seal: Buffer): Buffer {
  return mac(key, 'link', previous, seal)
}

/** The hash before the first row. */
export const CHAIN_START = Buffer.alloc(32)

/** The end of the chain: the number of its last row, from 1, and that row's hash. */
export interface ChainEnd {
  n: number
  hash: Buffer
}

/** The last row of the chain; null when nothing is chained yet. */
export async function chainEnd(querying: Database | Tx): Promise<ChainEnd | null> {
  const { rows } = await sql<ChainEnd>`
    select n, hash from kit.audit where n is not null order by n desc limit 1`.execute(querying)
  return rows[0] ?? null
}

/** Rows chained in one transaction: some 50 ms, which nobody waits for. */
export const CHAIN_BATCH = 1000
/** One number for one purpose, in every process: "cts audit" on a telephone's keys. */
const CHAIN_LOCK = 28728348

/**
 * Chains up to 1,000 rows that are not yet, and gives the new end and how many; null when none waited. Uploads never
 * wait for it: it touches only rows that are committed, and one that commits late is still unchained, so the next
 * batch takes it. Two chainers take turns.
 */
export async function chainBatch(
  db: Database,
  key: KeyObject,
): Promise<{ end: ChainEnd; chained: number } | null> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${CHAIN_LOCK})`.execute(tx)
    // a statement of its own: it must see what the chainer before us committed
    let { n, hash } = (await chainEnd(tx)) ?? { n: 0, hash: CHAIN_START }
    const { rows } = await sql<{ id: string; seal: Buffer }>`
      select id, seal from kit.audit where n is null order by id limit ${CHAIN_BATCH}`.execute(tx)
    if (rows.length === 0) return null
    const hashes = rows.map(({ seal }) => (hash = linkOf(key, hash, seal)))
    await sql`
      update kit.audit set n = ${n} + link.position, hash = link.hash
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${hashes}::bytea[]) with ordinality as link(id, hash, position)
      where audit.id = link.id`.execute(tx)
    n += rows.length
    return { end: { n, hash }, chained: rows.length }
  })
}
