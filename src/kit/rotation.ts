import { sql, type Database, type Tx } from './database.ts'
import { unwrap, wrap, type MasterKeys, type WrapUse, type Wrapped } from './secrets.ts'

/** How many things were re-wrapped, or are to be. */
export interface Rewrapped {
  bodies: number
  secrets: number
}

/** What is still wrapped under the key with the id `former`. */
export async function keptUnder(db: Database, former: string): Promise<Rewrapped> {
  const { rows } = await sql<Rewrapped>`
    select (select count(*) from kit.body where key_id = ${former}) as bodies,
      (select count(*) from kit.secret where key_id = ${former}) as secrets`.execute(db)
  return rows[0]!
}

/**
 * Wraps up to `limit` keys of bodies, and as many secrets, under the newest key in place of the key with the id
 * `former`. The bodies themselves are not touched, and can be read all the while by whoever holds both keys.
 */
export async function rewrap(tx: Tx, keys: MasterKeys, former: string, limit: number): Promise<Rewrapped> {
  const { rows: bodies } = await sql<Named>`
    select id as name, wrapped_key as wrapped, key_id as "keyId" from kit.body
    where key_id = ${former} limit ${limit}`.execute(tx)
  const { rows: secrets } = await sql<Named>`
    select name, wrapped, key_id as "keyId" from kit.secret where key_id = ${former} limit ${limit}`.execute(
    tx,
  )
  // one that was destroyed in the meantime has no key any more, and gets none
  await sql`
    update kit.body set wrapped_key = fresh.wrapped, key_id = ${keys.newest.id}
    from ${fresh(keys, 'body', bodies)} where body.id = fresh.name and body.key_id = ${former}`.execute(tx)
  await sql`
    update kit.secret set wrapped = fresh.wrapped, key_id = ${keys.newest.id}
    from ${fresh(keys, 'secret', secrets)}
    where secret.name = fresh.name and secret.key_id = ${former}`.execute(tx)
  return { bodies: bodies.length, secrets: secrets.length }
}

interface Named extends Wrapped {
  name: string
}

function fresh(keys: MasterKeys, use: WrapUse, rows: readonly Named[]) {
  const names = rows.map(({ name }) => name)
  const wrapped = rows.map((row) => wrap(keys, use, row.name, unwrap(keys, use, row.name, row)).wrapped)
  return sql`unnest(${names}::text[], ${wrapped}::bytea[]) as fresh(name, wrapped)`
}
