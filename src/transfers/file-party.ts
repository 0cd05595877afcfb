import { Refusal } from '../kit/refusal.ts'
import type { Actor } from '../permissions/decide.ts'
import type { Permission } from '../permissions/table.ts'
import type { World } from '../world.ts'
import type { Side } from './rules.ts'
import { findFile, type FileRow } from './store.ts'
import { z } from 'zod'

/** Input of what is done to one file. */
export const fileInput = z.strictObject({ id: z.string().min(1).max(64).describe('Identifier of the file') })

/** A reason that a person gives; it may name a pupil, so it is shown to the parties and never mailed. */
export const reasonInput = z
  .string()
  .overwrite((text) => text.trim().replaceAll(/\s+/g, ' '))
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]*$/u)

/** Finds the file that an action is about. An id in another shape is no file's, and may hold what a database text cannot. */
export function findSubject({
  world,
  input,
}: {
  world: World
  input: { id: string }
}): Promise<FileRow | null> {
  return /^[\w-]+$/.test(input.id) ? findFile(world.db, input.id) : Promise.resolve(null)
}

/** Whose business a file is: its destination's to collect; its source's and its uploader's as sent. */
export function partiesOf(file: FileRow, _input: unknown, by: Permission): readonly string[] {
  return by === 'collect-ctf' ? [file.destination] : [file.source, file.sender]
}

/** On which side of a file somebody stands: an LA that acts for the sending school stands on the sender's. */
export function sideOf(file: FileRow, actor: Actor): Side {
  return file.destination === actor.organisation ? 'destination' : 'sender'
}

/** Throws the refusal (409) that says why a change comes too late. */
export function tooLate(code: string, file: FileRow): never {
  throw new Refusal('conflict', code, { params: { status: file.status } })
}
