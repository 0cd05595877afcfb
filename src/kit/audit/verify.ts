import type { KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { sql, type Database } from '../database.ts'
import { CHAIN_START, chainEnd, linkOf, sealOf, type AuditFacts } from './chain.ts'
import { readHeads, type Head } from './heads.ts'

/**
 * What is wrong. `altered`: row n was altered or inserted, its seal is not right. `removed`: there is no row n.
 * `moved`: row n does not follow the row before it: swapped, or rows before it taken out. `inserted`: row n has a
 * number that is not its own. `tail`: rows n to `to` are missing, which a head counts. `rewritten`: row n is not the
 * one that a head names. `head`: a line of heads is not as it was written. `heads-missing`: the file is not there, or is empty.
 */
export interface AuditBreak {
  what: 'altered' | 'removed' | 'moved' | 'inserted' | 'tail' | 'rewritten' | 'head' | 'heads-missing'
  n?: number
  id?: string
  to?: number
  file?: string
  line?: number
}

/** What `verify` found. */
export interface AuditVerdict {
  intact: boolean
  /** Rows of the chain. */
  rows: number
  /** Rows written since, not chained yet. */
  waiting: number
  /** Heads compared. */
  heads: number
  /** The first thing that is wrong; null when intact. */
  broken: AuditBreak | null
}

/** Computes the whole chain again and compares it with the heads in `files`. Memory does not grow with the audit. */
export async function verifyChain(
  db: Database,
  key: KeyObject,
  files: readonly string[],
): Promise<AuditVerdict> {
  const rows = (await chainEnd(db))?.n ?? 0
  const inChain = (await brokenRow(db, key, rows)) ?? (await surplus(db, rows))
  const heads = await compareHeads(db, key, files, rows)
  const broken = first(inChain, heads.broken)
  const { rows: waiting } = await sql<{ count: number }>`
    select count(*) as count from kit.audit where n is null`.execute(db)
  return { intact: broken === null, rows, waiting: waiting[0]!.count, heads: heads.compared, broken }
}

/** Of two breaks the one that comes first in the chain; a row comes before what is wrong with the heads alone. */
function first(one: AuditBreak | null, other: AuditBreak | null): AuditBreak | null {
  if (!one || !other) return one ?? other
  const [oneN, otherN] = [one.n ?? Infinity, other.n ?? Infinity]
  // of heads beyond the end the greatest tells how much is missing
  const longer = otherN === oneN && (other.to ?? 0) > (one.to ?? 0)
  return otherN < oneN || longer ? other : one
}

interface StoredRow extends AuditFacts {
  n: number
  seal: Buffer
  hash: Buffer
}

const PAGE = 2000

async function brokenRow(db: Database, key: KeyObject, end: number): Promise<AuditBreak | null> {
  let n = 0
  let hash: Buffer = CHAIN_START
  while (n < end) {
    const { rows } = await sql<StoredRow>`
      select id, at, actor_kind as "actorKind", actor, organisation, action, outcome, reason, subject, address,
        n, seal, hash
      from kit.audit where n > ${n} and n <= ${end} order by n limit ${PAGE}`.execute(db)
    if (rows.length === 0) return { what: 'removed', n: n + 1 }
    for (const row of rows) {
      n++
      if (row.n > n) return { what: 'removed', n }
      if (row.n < n) return { what: 'inserted', n: row.n, id: row.id }
      if (!sealOf(key, row).equals(row.seal)) return { what: 'altered', n, id: row.id }
      hash = linkOf(key, hash, row.seal)
      if (!hash.equals(row.hash)) return { what: 'moved', n, id: row.id }
    }
  }
  return null
}

/** A row that took a number already given, or one below the first, can escape the pages above. */
async function surplus(db: Database, end: number): Promise<AuditBreak | null> {
  const { rows } = await sql<{ n: number; id: string }>`
    select n, max(id::text) as id from kit.audit where n <= ${end}
    group by n having n < 1 or count(*) > 1 order by n limit 1`.execute(db)
  return rows[0] ? { what: 'inserted', ...rows[0] } : null
}

async function compareHeads(
  db: Database,
  key: KeyObject,
  files: readonly string[],
  end: number,
): Promise<{ compared: number; broken: AuditBreak | null }> {
  let compared = 0
  let broken: AuditBreak | null = null
  for (const file of files) {
    let lines = 0
    for await (const heads of existsSync(file) ? pagesOf(file, key) : []) {
      for (const { line, head } of heads) if (!head) broken = first(broken, { what: 'head', file, line })
      const readable = heads.map(({ head }) => head).filter((head) => head !== null)
      broken = first(broken, await differing(db, readable, end))
      compared += readable.length
      lines += heads.length
    }
    // without heads nobody can tell whether rows were cut off; before the first row there is nothing to cut
    if (lines === 0 && end > 0) broken = first(broken, { what: 'heads-missing', file })
  }
  return { compared, broken }
}

async function* pagesOf(file: string, key: KeyObject): AsyncGenerator<{ line: number; head: Head | null }[]> {
  let page = []
  for await (const head of readHeads(file, key)) {
    page.push(head)
    if (page.length === PAGE) yield page.splice(0)
  }
  yield page
}

async function differing(db: Database, heads: readonly Head[], end: number): Promise<AuditBreak | null> {
  const { rows } = await sql<{ n: number; hash: string }>`
    select n, encode(hash, 'hex') as hash from kit.audit
    where n = any(${heads.map(({ n }) => n)}::bigint[])`.execute(db)
  const hashes = new Map(rows.map(({ n, hash }) => [n, hash]))
  let broken: AuditBreak | null = null
  for (const { n, hash } of heads) {
    if (n > end) broken = first(broken, { what: 'tail', n: end + 1, to: n })
    else if (hashes.get(n) !== hash) broken = first(broken, { what: 'rewritten', n })
  }
  return broken
}
