import { action } from '../permissions/action.ts'
import { fileInput, findSubject, partiesOf } from './file-party.ts'
import { historyOf } from './store.ts'

/** One file with its history, for its destination and its sender. */
export const showFile = action({
  name: 'transfers.show',
  permission: ['collect-ctf', 'see-sent-files'],
  input: fileInput,
  audited: 'refusals',
  find: findSubject,
  business: partiesOf,
  run: async ({ tx, subject }) => ({ file: subject, history: await historyOf(tx, subject.id) }),
  auditSubject: ({ id }) => id,
})
