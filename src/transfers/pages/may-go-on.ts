import type { Readable } from 'node:stream'
import { membershipsOf, signOutsOf } from '../../accounts/index.ts'
import { rolesOfMember } from '../../accounts/rules.ts'
import type { Actor } from '../../permissions/decide.ts'
import type { World } from '../../world.ts'

/** How often a download is looked at that nobody reads on, in milliseconds. */
const LOOK_MS = 1000

/** Resolves while a person may go on with what was begun; throws once that is over. */
export type MayGoOn = () => Promise<void>

/**
 * What is asked before each part of something that takes a while: whether the person is who it was when it began. It is
 * over when a role that it was begun by is held no more, the organisation is inactive, the person is archived or
 * suspended there, or all that the person had open was ended.
 */
export function whileTheSame({ db }: Pick<World, 'db'>, { id, organisation, roles }: Actor): MayGoOn {
  const before = signOutsOf(db, id)
  // asked for at once, looked at later
  before.catch(() => undefined)
  return async () => {
    const present = (await membershipsOf(db, id)).find((one) => one.organisation === organisation)
    const held = present ? rolesOfMember(present) : []
    const isSame = roles.every((role) => held.includes(role)) && (await signOutsOf(db, id)) === (await before)
    if (!isSame) throw new Error('whoever downloads may no longer do so')
  }
}

/** Ends a stream within seconds of the person's right to it, though its other end reads nothing meanwhile. */
export function endWith(stream: Readable, mayGoOn: MayGoOn): void {
  const looking = setInterval(() => {
    mayGoOn().catch((error: Error) => stream.destroy(error))
  }, LOOK_MS)
  stream.once('close', () => clearInterval(looking))
}
