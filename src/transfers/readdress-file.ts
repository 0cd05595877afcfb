import { z } from 'zod'
import { nextSerial, readdressCtf, type FileName } from '../ctf/index.ts'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import type { World } from '../world.ts'
import { checkFile, findAddressing, readName, storeFile } from './accept-file.ts'
import { fileInput, findSubject, tooLate } from './file-party.ts'
import { mayFetch } from './rules.ts'
import { addEvent, linkReaddressed, namesInUse, type FileRow } from './store.ts'

/**
 * Sends a rejected file on to another destination in one step: its name and header are rewritten, nothing else is
 * changed, and the copy is checked and told of like any upload.
 */
export const readdressFile = action({
  name: 'transfers.readdress',
  permission: (input) => (/^(X|M)/i.test(input.to) ? 'deposit-in-lpd' : 'send-ctf'),
  input: fileInput.extend({
    to: z
      .string()
      .regex(/^(\d{7}|\d{3}LLLL|X{7}|M{7})$/i)
      .transform((code) => code.toUpperCase())
      .describe('Code of the new destination'),
  }),
  find: findSubject,
  // it is sent anew, so whoever does it must be one who may send for its source
  business: (file) => [file.source],
  async prepare({ world, actor, input, subject, now }) {
    if (subject.status !== 'rejected') tooLate('not-rejected', subject)
    if (subject.readdressedAs) tooLate('already-readdressed', subject)
    if (!mayFetch(subject, 'sender', now, world.config.redownloadDays))
      throw new Refusal('gone', 'content-gone')
    const name = await freeName(world, subject, input.to)
    const addressing = await findAddressing(world, name, actor)
    const bytes = readdressCtf(await world.strongroom.read(world.db, subject.body), input.to)
    return { addressing, checked: await checkFile(world, name, bytes, now) }
  },
  async run(running) {
    const { tx, actor, subject, prepared, now } = running
    const stored = await storeFile(running, prepared.addressing, prepared.checked, subject.id)
    if (!(await linkReaddressed(tx, subject.id, stored.file.id))) tooLate('already-readdressed', subject)
    const detail = prepared.addressing.name.destination
    await addEvent(tx, subject.id, {
      at: now,
      event: 'readdressed',
      organisation: actor.organisation,
      detail,
    })
    return stored.file
  },
  auditSubject: ({ id }, answer) => answer?.id ?? id,
})

/** The file's name with the new destination and the first serial number that is free between the two. */
async function freeName(world: World, file: FileRow, destination: string): Promise<FileName> {
  const { type, source } = readName(file.name)
  const taken = new Set(await namesInUse(world.db, source, destination))
  let serial: string | null = null
  for (let tries = 0; tries < 999; tries += 1) {
    serial = nextSerial(serial)
    // refused (422) where this kind does not go there: a partial CTF to the Lost Pupil Database
    const name = readName(`${source}_${type}_${destination}_${serial}.XML`)
    if (!taken.has(name.canonical)) return name
  }
  throw new Refusal('conflict', 'no-free-serial')
}
