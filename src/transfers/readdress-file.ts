import { z } from 'zod'
import { nextSerial, readdressCtf, type FileName } from '../ctf/index.ts'
import type { Querying } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import {
  checkFile,
  findAddressing,
  readName,
  storeFile,
  type Addressing,
  type CheckedFile,
} from './accept-file.ts'
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
    const name = await freeName(world.db, subject, input.to)
    const addressing = await findAddressing(world, name, actor)
    const bytes = readdressCtf(await world.strongroom.read(world.db, subject.body), input.to)
    return { addressing, checked: await checkFile(world, name, bytes, now) }
  },
  async run(running) {
    const { tx, actor, subject, prepared, now } = running
    const copy = await storeCopy(running, prepared, subject)
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

/** Stores the copy; where another took its name since that was chosen, under the next that is free. */
async function storeCopy(
  running: Parameters<typeof storeFile>[0],
  { addressing, checked }: { addressing: Addressing; checked: CheckedFile },
  original: FileRow,
): Promise<FileRow> {
  for (let tries = 1; ; tries += 1) {
    try {
      const { file, again } = await storeFile(running, addressing, checked, original.id)
      if (!again) return file
    } catch (error) {
      if (tries === 10 || !(error instanceof Refusal && error.code === 'name-taken')) throw error
    }
    const name = await freeName(running.tx, original, addressing.name.destination)
    addressing = { ...addressing, name }
  }
}

/** The file's name with the new destination and the first serial number that is free between the two. */
async function freeName(querying: Querying, file: FileRow, destination: string): Promise<FileName> {
  const { type, source } = readName(file.name)
  const taken = new Set(await namesInUse(querying, source, destination))
  let serial: string | null = null
  for (let tries = 0; tries < 999; tries += 1) {
    serial = nextSerial(serial)
    // refused (422) where this kind does not go there: a partial CTF to the Lost Pupil Database
    const name = readName(`${source}_${type}_${destination}_${serial}.XML`)
    if (!taken.has(name.canonical)) return name
  }
  throw new Refusal('conflict', 'no-free-serial')
}
