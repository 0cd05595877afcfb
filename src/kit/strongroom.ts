import { ConfigurationError } from './config.ts'
import { sql, type Querying, type Tx } from './database.ts'
import { Refusal } from './refusal.ts'
import { openBody, type SealedBody } from './seal.ts'
import { unwrap, wrap, type MasterKeys } from './secrets.ts'

export { sealBody, type SealedBody } from './seal.ts'

/** A row of kit.body. */
export interface BodyRow {
  id: string
  ciphertext: Buffer
  wrapped_key: Buffer
  key_id: string
  sha256: string
  size: number
}

/** Where the bodies of files are kept: each encrypted under a key of its own, which is wrapped by SECRET_KEY. */
export interface Strongroom {
  /** The values of a body's row, for a statement that inserts it together with other rows. */
  row(bodyId: string, sealed: SealedBody): BodyRow
  /** Stores a body. */
  put(tx: Tx, bodyId: string, sealed: SealedBody): Promise<void>
  /**
   * A body's bytes as they came, their digest checked. Throws Refusal `body-gone` when it was destroyed, an Error
   * that names the body when it is missing or was altered, ConfigurationError when SECRET_KEY lacks its key.
   */
  read(querying: Querying, bodyId: string): Promise<Buffer>
  /** Destroys a body and its key. What names it stays, and so do its digest and size. */
  destroy(tx: Tx, bodyId: string): Promise<void>
}

/** Opens the strongroom on the database. */
export function openStrongroom(keys: MasterKeys): Strongroom {
  function row(bodyId: string, { ciphertext, dataKey, sha256, size }: SealedBody): BodyRow {
    const { wrapped, keyId } = wrap(keys, 'body', bodyId, dataKey)
    return { id: bodyId, ciphertext, wrapped_key: wrapped, key_id: keyId, sha256, size }
  }
  return {
    row,
    async put(tx, bodyId, sealed) {
      const body = row(bodyId, sealed)
      await sql`
        insert into kit.body (id, ciphertext, wrapped_key, key_id, sha256, size)
        values (${body.id}, ${body.ciphertext}, ${body.wrapped_key}, ${body.key_id}, ${body.sha256}, ${body.size})
      `.execute(tx)
    },
    async read(querying, bodyId) {
      const { rows } = await sql<StoredBody>`
        select ciphertext, wrapped_key as wrapped, key_id as "keyId", sha256, size
        from kit.body where id = ${bodyId}`.execute(querying)
      return openStored(keys, bodyId, rows[0])
    },
    async destroy(tx, bodyId) {
      await sql`
        update kit.body set ciphertext = null, wrapped_key = null, key_id = null where id = ${bodyId}`.execute(
        tx,
      )
    },
  }
}

interface StoredBody {
  ciphertext: Buffer | null
  wrapped: Buffer
  keyId: string
  sha256: string
  size: number
}

async function openStored(keys: MasterKeys, bodyId: string, stored: StoredBody | undefined): Promise<Buffer> {
  if (!stored) throw new Error(`body ${bodyId} is not in the strongroom`)
  const { ciphertext, sha256, size } = stored
  if (!ciphertext) throw new Refusal('gone', 'body-gone')
  try {
    const dataKey = unwrap(keys, 'body', bodyId, stored)
    return await openBody({ ciphertext, dataKey, sha256, size }, bodyId)
  } catch (error) {
    if (error instanceof ConfigurationError) throw error
    throw new Error(`body ${bodyId} was altered in the database`, { cause: error })
  }
}
