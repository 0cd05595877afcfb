import { action } from '../permissions/action.ts'
import { announceChange } from './announce.ts'
import { fileInput, findSubject, reasonInput, tooLate } from './file-party.ts'
import { recallProblem } from './rules.ts'
import { addEvent, findFile, removeFile, type FileRow } from './store.ts'

/** Throws the refusal (409) that says why a file cannot be recalled, or not now. */
export function refuseLateRecall(file: FileRow, { now }: { now: Date }): void {
  const problem = recallProblem(file, now)
  if (problem) tooLate(`recall-${problem}`, file)
}

/** Takes an own upload back before it is fetched; both sides are told. */
export const recallFile = action({
  name: 'transfers.recall',
  permission: ['recall-own-upload', 'recall-own-deposit'],
  input: fileInput.extend({ reason: reasonInput.optional().describe('Why; shown to both sides') }),
  find: findSubject,
  business(file, _input, by) {
    const rowOfFile =
      file.destination === 'XXXXXXX' || file.destination === 'MMMMMMM'
        ? 'recall-own-deposit'
        : 'recall-own-upload'
    return by === rowOfFile ? [file.source, file.sender] : []
  },
  async run({ world, tx, actor, input, subject, now }) {
    refuseLateRecall(subject, { now })
    if (!(await removeFile(tx, subject, input.reason ?? null, now))) tooLate('changed-meanwhile', subject)
    const detail = input.reason === undefined ? {} : { detail: input.reason }
    await addEvent(tx, subject.id, {
      at: now,
      event: 'recalled',
      organisation: actor.organisation,
      ...detail,
    })
    await announceChange(world, tx, subject, subject.status === 'lost' ? 'deposit-recalled' : 'recalled')
    return (await findFile(tx, subject.id))!
  },
  auditSubject: ({ id }) => id,
})
