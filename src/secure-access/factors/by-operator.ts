import { livePerson, signOutEverywhere } from '../../accounts/index.ts'
import type { Tx } from '../../kit/database.ts'
import { Refusal } from '../../kit/refusal.ts'
import type { World } from '../../world.ts'
import { listFactors, removeFactors, type Factor } from './store.ts'
import { tellOfFactors } from './tell.ts'

/**
 * What the operator sees of a person's second factors, and, where `remove`, removes for somebody who lost them all: the
 * person is told by mail, and what the person has open ends. Throws Refusal `person-nowhere` (409).
 */
export async function helpWithFactors(
  world: Pick<World, 'mailer' | 'clock'>,
  tx: Tx,
  { person: id, remove }: { person: string; remove: boolean },
): Promise<Factor[]> {
  const person = await livePerson(tx, id)
  if (!person) throw new Refusal('conflict', 'person-nowhere')
  const factors = await listFactors(tx, id)
  if (!remove) return factors
  await removeFactors(tx, id)
  await signOutEverywhere(tx, id)
  await tellOfFactors(world, tx, person, 'operatorRemoved')
  return factors
}
