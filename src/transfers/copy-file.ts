import { readdressCtf, type FileName } from '../ctf/index.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Actor } from '../permissions/decide.ts'
import type { World } from '../world.ts'
import {
  checkFile,
  findAddressing,
  readName,
  type Addressing,
  type CheckedFile,
  type Stored,
  type Storing,
  type ToStore,
} from './accept-file.ts'
import { freeName } from './free-name.ts'
import type { FileRow } from './store.ts'

/** A copy of a file for another destination, checked and not yet stored. */
export interface Copy {
  addressing: Addressing
  checked: CheckedFile
}

/**
 * Under which name a file would go to another destination, and to whom. Throws Refusal: nothing can be sent there, or no
 * serial number is free.
 * @param sender who sends the copy
 */
export async function addressCopy(
  world: World,
  file: FileRow,
  to: string,
  sender: Pick<Actor, 'organisation'>,
): Promise<Addressing> {
  return findAddressing(world, await freeName(world.db, nameTo(file, to)), sender)
}

/** Rewrites the destination in a file's header, no other byte, and checks what comes of it like any upload. */
export async function checkCopy(
  world: World,
  file: FileRow,
  addressing: Addressing,
  now: Date,
): Promise<CheckedFile> {
  const { name } = addressing
  const bytes = readdressCtf(await world.strongroom.read(world.db, file.body), name.destination)
  return checkFile(world, name, bytes, now)
}

/**
 * Stores a copy; where another file took its name since that was chosen, under the next that is free.
 * @param store how a file is stored: told of or not
 */
export async function storeCopy(
  storing: Storing,
  { addressing, checked }: Copy,
  original: FileRow,
  store: (storing: Storing, toStore: ToStore) => Promise<Stored>,
): Promise<FileRow> {
  for (let tries = 1; ; tries += 1) {
    try {
      const { file, again } = await store(storing, { addressing, checked, original: original.id })
      if (!again) return file
    } catch (error) {
      if (tries === 10 || !(error instanceof Refusal && error.code === 'name-taken')) throw error
    }
    const name = await freeName(storing.tx, nameTo(original, addressing.name.destination))
    addressing = { ...addressing, name }
  }
}

/** The name of a file to another destination, its serial number still to be found. */
function nameTo({ name }: FileRow, destination: string): FileName {
  return { ...readName(name), destination, serial: null }
}
