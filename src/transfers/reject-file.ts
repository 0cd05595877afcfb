import { action } from '../permissions/action.ts'
import { announceChange } from './announce.ts'
import type { World } from '../world.ts'
import { fileInput, findSubject, reasonInput, tooLate } from './file-party.ts'
import { rejectProblem } from './rules.ts'
import { addEvent, findFile, rejectFile as reject, type FileRow } from './store.ts'

/** Throws the refusal (409) that says why a file can no longer be rejected. */
export function refuseLateReject(file: FileRow, { world, now }: { world: World; now: Date }): void {
  const problem = rejectProblem(file, now, world.config.redownloadDays)
  if (problem) tooLate(problem === 'already' ? 'already-rejected' : 'not-awaiting', file)
}

/** Refuses a file that is not ours to have; its sender is told and free to readdress it. */
export const rejectFile = action({
  name: 'transfers.reject',
  permission: 'collect-ctf',
  input: fileInput.extend({ reason: reasonInput.describe('Why; shown to the sender') }),
  find: findSubject,
  business: (file) => [file.destination],
  async run({ world, tx, actor, input, subject, now }) {
    refuseLateReject(subject, { world, now })
    if (!(await reject(tx, subject.id, subject.status, input.reason, now)))
      tooLate('changed-meanwhile', subject)
    const event = { at: now, event: 'rejected', organisation: actor.organisation, detail: input.reason }
    await addEvent(tx, subject.id, event)
    await announceChange(world, tx, subject, 'rejected')
    return (await findFile(tx, subject.id))!
  },
  auditSubject: ({ id }) => id,
})
