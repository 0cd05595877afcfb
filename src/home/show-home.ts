import { z } from 'zod'
import { action } from '../permissions/action.ts'
import { awaitingFor } from '../transfers/index.ts'

/** What awaits somebody today. */
export const showHome = action({
  name: 'home.show',
  permission: 'own-account',
  input: z.strictObject({}),
  audited: 'refusals',
  find: () => Promise.resolve({}),
  business: () => [],
  run: ({ tx, actor, now }) => awaitingFor(tx, actor, now),
  auditSubject: () => null,
})
