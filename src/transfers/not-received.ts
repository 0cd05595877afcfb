import { action } from '../permissions/action.ts'
import { fileInput, findSubject, tooLate } from './file-party.ts'
import { noteNotReceived } from './lists-store.ts'

/**
 * "Downloaded correctly?": no. The file awaits further, and is asked about again once it was downloaded again; that its
 * content went out once stays as it is, so it cannot be recalled (guidance for local authorities §5.2).
 */
export const notReceived = action({
  name: 'transfers.not-received',
  permission: 'collect-ctf',
  input: fileInput,
  find: findSubject,
  business: (file) => [file.destination],
  async run({ tx, subject, now }) {
    if (!(await noteNotReceived(tx, subject.id, now))) tooLate('not-awaiting', subject)
  },
  auditSubject: ({ id }) => id,
})
