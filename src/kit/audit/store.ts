import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { sql, type Database, type Tx } from '../database.ts'
import type { Secrets } from '../secrets.ts'
import { CHAIN_BATCH, chainBatch, chainEnd, sealOf, type AuditFacts } from './chain.ts'
import { appendHead } from './heads.ts'
import { verifyChain, type AuditVerdict } from './verify.ts'

export type { AuditVerdict } from './verify.ts'

/** How what was attempted ended: done, refused by a rule, or failed by a fault. */
export type AuditOutcome = 'done' | 'refused' | 'failed'

/** What is written down of an action. Never pupil data: things are named by their identifiers. */
export interface AuditEntry {
  at: Date
  actorKind: 'person' | 'client' | 'service' | 'operator'
  /** Identifier of whoever acted. */
  actor: string
  /** 7-character code of the organisation acted for; null for the operator. */
  organisation: string | null
  /** room.verb, such as `transfers.upload`. */
  action: string
  outcome: AuditOutcome
  /** Why it was refused or failed. */
  reason: string | null
  /** Identifier of the thing acted on. */
  subject: string | null
  /** Network address of whoever acted. */
  address: string | null
}

/** The record of who did what: rows are added, sealed and chained, never changed. */
export interface Audit {
  /** Writes a row in the action's own transaction: one insert, and nothing that another upload waits for. */
  write(tx: Tx, entry: AuditEntry): Promise<void>
  /**
   * Chains the rows that are not yet, writes the new end to DATA_DIR/audit-heads and gives how many rows it
   * chained. To be called every minute and at a clean stop; any number of processes may.
   */
  chain(): Promise<number>
  /**
   * Chains, then checks every row and every head. `headFiles`: files of heads to compare with, in place of
   * DATA_DIR/audit-heads; they must be there.
   */
  verify(headFiles?: readonly string[]): Promise<AuditVerdict>
}

/** Opens the audit. Its key is the named secret `audit`. */
export async function openAudit({
  db,
  secrets,
  clock,
  dataDir,
}: {
  db: Database
  secrets: Secrets
  clock: Clock
  dataDir: string
}): Promise<Audit> {
  // a key object: made anew from bytes for each HMAC, it would cost three times the HMAC
  const key = createSecretKey(await secrets.get('audit'))
  const headFile = join(dataDir, 'audit-heads')

  async function chain(keepHead = true): Promise<number> {
    let chained = 0
    for (let more = true; more;) {
      const batch = await chainBatch(db, key)
      if (batch && keepHead) await appendHead(headFile, key, batch.end, clock.now())
      chained += batch?.chained ?? 0
      // not until none waits: under load some always do
      more = batch?.chained === CHAIN_BATCH
    }
    return chained
  }

  return {
    chain: () => chain(),
    write: (tx, entry) => insert(tx, key, entry),
    async verify(headFiles = [headFile]) {
      // a file of heads that went missing must be found missing, not begun anew
      await chain(existsSync(headFile) || (await chainEnd(db)) === null)
      return verifyChain(db, key, headFiles)
    },
  }
}

/** In UTF-16 units. Longer text comes only from whoever was refused. */
const TEXT_MAX = 500

/** What the database gives back exactly as it was given: half characters and NUL it does not. */
function storable(text: string): string {
  return text.slice(0, TEXT_MAX).toWellFormed().replaceAll('\0', '\uFFFD')
}

async function insert(tx: Tx, key: KeyObject, entry: AuditEntry): Promise<void> {
  const row: AuditFacts = {
    id: timeOrderedId(entry.at),
    at: entry.at,
    actorKind: entry.actorKind,
    actor: storable(entry.actor),
    organisation: entry.organisation && storable(entry.organisation),
    action: entry.action,
    outcome: entry.outcome,
    reason: entry.reason && storable(entry.reason),
    subject: entry.subject && storable(entry.subject),
    address: entry.address && storable(entry.address),
  }
  await sql`
    insert into kit.audit
      (id, at, actor_kind, actor, organisation, action, outcome, reason, subject, address, seal)
    values (${row.id}, ${row.at}, ${row.actorKind}, ${row.actor}, ${row.organisation}, ${row.action},
      ${row.outcome}, ${row.reason}, ${row.subject}, ${row.address}, ${sealOf(key, row)})`.execute(tx)
}

/** A UUID that grows with time (RFC 9562, version 7), so that new rows stand together in the index. */
function timeOrderedId(at: Date): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at.getTime(), 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
