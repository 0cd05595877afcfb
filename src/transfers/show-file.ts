import { action } from '../permissions/action.ts'
import { decide } from '../permissions/decide.ts'
import { fileInput, findSubject, partiesOf } from './file-party.ts'
import { historyOf } from './store.ts'

/**
 * One file with its history, for its destination and its sender. Where it went after a rejection is told to its
 * sender alone: it says at which school the child is.
 */
export const showFile = action({
  name: 'transfers.show',
  permission: ['collect-ctf', 'see-sent-files'],
  input: fileInput,
  audited: 'refusals',
  find: findSubject,
  business: partiesOf,
  async run({ tx, actor, input, subject }) {
    const history = await historyOf(tx, subject.id)
    const senders = partiesOf(subject, input, 'see-sent-files')
    const isSender = decide(actor, 'see-sent-files', senders).allowed
    return {
      file: subject,
      history: isSender ? history : history.filter(({ event }) => event !== 'readdressed'),
    }
  },
  auditSubject: ({ id }) => id,
})
