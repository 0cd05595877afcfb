import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import { fileInput, findSubject, partiesOf, sideOf, tooLate } from './file-party.ts'
import { mayFetch } from './rules.ts'
import { addEvent, noteFetched, noteFetchStarted } from './store.ts'

/**
 * The bytes of a file exactly as sent, for its destination and for those who might have sent it; gone (410) once its
 * time is over. Roles that only see what their LA sent, such as lea-plasc, do not read a CTF (guidance for local
 * authorities §1.6).
 */
export const fetchFile = action({
  name: 'transfers.fetch',
  permission: ['collect-ctf', 'send-ctf'],
  input: fileInput,
  find: findSubject,
  business: partiesOf,
  async run({ world, tx, actor, subject, now }) {
    const as = sideOf(subject, actor)
    if (!mayFetch(subject, as, now, world.config.redownloadDays)) {
      throw new Refusal('gone', 'content-gone', { because: subject.status })
    }
    // of a recall at the same moment one wins: what was recalled is not given out
    if (
      as === 'destination' &&
      subject.status === 'awaiting' &&
      !(await noteFetchStarted(tx, subject.id, now))
    )
      tooLate('changed-meanwhile', subject)
    return { file: subject, as, bytes: await world.strongroom.read(tx, subject.body) }
  },
  auditSubject: ({ id }) => id,
})

/** Notes that the content was sent whole to the destination: from now on the sender cannot recall it. */
export const recordFetched = action({
  name: 'transfers.fetched',
  permission: 'collect-ctf',
  input: fileInput,
  find: findSubject,
  business: (file) => [file.destination],
  async run({ tx, actor, subject, now }) {
    if (await noteFetched(tx, subject.id, now)) {
      await addEvent(tx, subject.id, { at: now, event: 'fetched', organisation: actor.organisation })
    }
  },
  auditSubject: ({ id }) => id,
})
