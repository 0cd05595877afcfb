import { action } from '../permissions/action.ts'
import { announceChange } from './announce.ts'
import { fileInput, findSubject, tooLate } from './file-party.ts'
import { addEvent, confirmFile as confirm, findFile } from './store.ts'

/** "Downloaded correctly": the file counts as downloaded and its sender is told (guidance for local authorities §5.2). */
export const confirmFile = action({
  name: 'transfers.confirm',
  permission: 'collect-ctf',
  input: fileInput,
  find: findSubject,
  business: (file) => [file.destination],
  async run({ world, tx, actor, subject, now }) {
    if (!(await confirm(tx, subject.id, now))) {
      const present = (await findFile(tx, subject.id))!
      tooLate(present.status === 'awaiting' ? 'not-fetched' : 'not-awaiting', present)
    }
    await addEvent(tx, subject.id, { at: now, event: 'downloaded', organisation: actor.organisation })
    await announceChange(world, tx, subject, 'downloaded')
    return (await findFile(tx, subject.id))!
  },
  auditSubject: ({ id }) => id,
})
