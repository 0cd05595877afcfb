import { nextSerial, type FileName } from '../ctf/index.ts'
import type { Querying } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { readName } from './accept-file.ts'
import { namesInUse } from './store.ts'

/**
 * The name for another file of the same type from the same source to a destination: with the first serial number after
 * the given one (null: from 001) that no file holds. Throws Refusal (409) where all 999 are held.
 */
export async function freeName(
  querying: Querying,
  { type, source, destination, serial: last }: Pick<FileName, 'type' | 'source' | 'destination' | 'serial'>,
): Promise<FileName> {
  const taken = new Set(await namesInUse(querying, source, destination))
  let serial = last
  for (let tries = 0; tries < 999; tries += 1) {
    serial = nextSerial(serial)
    // refused (422) where this kind does not go there: a partial CTF to the Lost Pupil Database
    const name = readName(`${source}_${type}_${destination}_${serial}.XML`)
    if (!taken.has(name.canonical)) return name
  }
  throw new Refusal('conflict', 'no-free-serial')
}
