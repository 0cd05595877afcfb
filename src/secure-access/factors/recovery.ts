import { createHmac } from 'node:crypto'
import type { Tx } from '../../kit/database.ts'
import type { World } from '../../world.ts'
import { asTyped, readableSecret } from '../readable.ts'
import { factorKey } from './keys.ts'
import { RECOVERY_CODES } from './rules.ts'
import { replaceRecoveryCodes, useRecoveryCode } from './store.ts'

type Needed = Pick<World, 'secrets' | 'clock'>

/** Three groups: 59 bits. */
const GROUPS = 3

// under a secret, since so few bits could be tried through by who has the database
async function hashCode(world: Pick<World, 'secrets'>, person: string, code: string): Promise<Buffer> {
  const key = await factorKey(world, 'recovery')
  return createHmac('sha256', key)
    .update(`${person} ${asTyped(code)}`)
    .digest()
}

/** Makes ten recovery codes in the place of a person's former ones, and gives them: they stand nowhere else. */
export async function makeRecoveryCodes(world: Needed, tx: Tx, person: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => readableSecret(GROUPS))
  const hashes = await Promise.all(codes.map((code) => hashCode(world, person, code)))
  await replaceRecoveryCodes(tx, person, hashes, world.clock.now())
  return codes
}

/** Uses a recovery code up, however it is typed; false when it is none. */
export async function spendRecoveryCode(
  world: Needed,
  tx: Tx,
  person: string,
  code: string,
): Promise<boolean> {
  return useRecoveryCode(tx, person, await hashCode(world, person, code), world.clock.now())
}
