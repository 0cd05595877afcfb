import { z } from 'zod'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import { fileInput, findSubject, sideOf } from './file-party.ts'
import { pupilsIn, type PupilIn } from './pupils-in.ts'
import { mayFetch } from './rules.ts'
import type { FileRow } from './store.ts'

/** What a file says of one pupil. */
export interface OpenedPupil extends PupilIn {
  file: FileRow
}

const indexOf = (text: string): number => (/^[1-9][0-9]{0,6}$/.test(text) ? Number(text) : 0)

/**
 * What a file says of one of its pupils, for its destination and its sender, as long as they could download it. To
 * look is not to fetch: the file stays as it is. Every look is in the audit, by file and place in the file.
 */
export const openPupil = action({
  name: 'transfers.open-pupil',
  permission: 'open-ctf',
  input: fileInput.extend({ index: z.string().max(10).describe('Place of the pupil in the file, from 1') }),
  async find({ world, input }) {
    const file = await findSubject({ world, input })
    const index = indexOf(input.index)
    const isThere =
      file && (file.kind === 'ctf' || file.kind === 'transfer') && index > 0 && index <= file.pupils
    return isThere ? { file, index } : null
  },
  business: ({ file }) => [file.destination, file.source, file.sender],
  async prepare({ world, actor, subject: { file, index }, now }): Promise<PupilIn> {
    if (!mayFetch(file, sideOf(file, actor), now, world.config.redownloadDays)) {
      throw new Refusal('gone', 'content-gone', { because: file.status })
    }
    const bytes = await world.strongroom.read(world.db, file.body)
    const [pupil] = await pupilsIn(bytes, { from: index, most: 1 })
    if (!pupil) throw new Error(`file ${file.id} has fewer pupils than were counted`)
    return pupil
  },
  run: ({ subject: { file }, prepared }) => Promise.resolve<OpenedPupil>({ file, ...prepared }),
  auditSubject: ({ id, index }) => `${id} pupil ${indexOf(index)}`,
})
