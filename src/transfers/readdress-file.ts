import { z } from 'zod'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import type { Actor } from '../permissions/decide.ts'
import type { Permission } from '../permissions/table.ts'
import type { World } from '../world.ts'
import { storeFile, type Addressing } from './accept-file.ts'
import { addressCopy, checkCopy, storeCopy } from './copy-file.ts'
import { fileInput, findSubject, tooLate } from './file-party.ts'
import { mayFetch } from './rules.ts'
import { addEvent, linkReaddressed, type FileRow } from './store.ts'

/** A destination as it is asked for. */
export const destinationInput = z
  .string()
  .regex(/^(\d{7}|\d{3}LLLL|X{7}|M{7})$/i)
  .transform((code) => code.toUpperCase())
  .describe('Code of the new destination')

/** The row of the permission table for sending a file on: into the Lost Pupil Database it is a deposit. */
export function permissionToReaddress(to: string): Permission {
  return /^(X|M)/i.test(to) ? 'deposit-in-lpd' : 'send-ctf'
}

/** Throws the refusal (409 or 410) that says why a file cannot be readdressed. */
export function refuseLateReaddress(file: FileRow, { world, now }: { world: World; now: Date }): void {
  if (file.status !== 'rejected') tooLate('not-rejected', file)
  if (file.readdressedAs) tooLate('already-readdressed', file)
  if (!mayFetch(file, 'sender', now, world.config.redownloadDays)) throw new Refusal('gone', 'content-gone')
}

/**
 * Under which name a rejected file would go on, and to whom. Throws Refusal: it comes too late, or nothing can be sent to
 * that destination.
 */
export async function addressingTo(
  to: string,
  { world, actor, file, now }: { world: World; actor: Actor; file: FileRow; now: Date },
): Promise<Addressing> {
  refuseLateReaddress(file, { world, now })
  return addressCopy(world, file, to, actor)
}

/**
 * Sends a rejected file on to another destination in one step: its name and header are rewritten, nothing else is
 * changed, and the copy is checked and told of like any upload.
 */
export const readdressFile = action({
  name: 'transfers.readdress',
  permission: (input) => permissionToReaddress(input.to),
  input: fileInput.extend({ to: destinationInput }),
  find: findSubject,
  // it is sent anew, so whoever does it must be one who may send for its source
  business: (file) => [file.source],
  async prepare({ world, actor, input, subject, now }) {
    const addressing = await addressingTo(input.to, { world, actor, file: subject, now })
    return { addressing, checked: await checkCopy(world, subject, addressing, now) }
  },
  async run(running) {
    const { tx, actor, subject, prepared, now } = running
    const copy = await storeCopy(running, prepared, subject, storeFile)
    if (!(await linkReaddressed(tx, subject.id, copy.id))) tooLate('already-readdressed', subject)
    const detail = prepared.addressing.name.destination
    await addEvent(tx, subject.id, {
      at: now,
      event: 'readdressed',
      organisation: actor.organisation,
      detail,
    })
    return copy
  },
  auditSubject: ({ id }, answer) => answer?.id ?? id,
})
