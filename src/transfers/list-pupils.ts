import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import { fileInput, findSubject, sideOf } from './file-party.ts'
import { pupilsOf } from './pupils-store.ts'
import { mayFetch } from './rules.ts'

/** How many pupils of a file are shown; how many there are stands in the file's row. */
export const PUPILS_SHOWN = 200

/**
 * Whose records are in a file: for its destination and its sender, as long as they could download it. Every look at
 * names is in the audit.
 */
export const listPupils = action({
  name: 'transfers.pupils',
  permission: 'open-ctf',
  input: fileInput,
  find: findSubject,
  business: (file) => [file.destination, file.source, file.sender],
  run({ world, tx, actor, subject, now }) {
    const as = sideOf(subject, actor)
    if (!mayFetch(subject, as, now, world.config.redownloadDays)) {
      throw new Refusal('gone', 'content-gone', { because: subject.status })
    }
    return pupilsOf(tx, subject.id, PUPILS_SHOWN)
  },
  auditSubject: ({ id }) => id,
})
