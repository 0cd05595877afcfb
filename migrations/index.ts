import type { Migration } from 'kysely/migration'
import * as kit from './0001-kit.ts'
import * as establishments from './0002-establishments.ts'
import * as accounts from './0003-accounts.ts'
import * as secureAccess from './0004-secure-access.ts'
import * as mail from './0005-mail.ts'
import * as transfers from './0006-transfers.ts'
import * as people from './0007-people.ts'
import * as transferLists from './0008-transfer-lists.ts'
import * as transferCounts from './0009-transfer-counts.ts'

/** Every migration in its order: forward only, never changed once released. */
export const MIGRATIONS: Record<string, Migration> = {
  '0001-kit': kit,
  '0002-establishments': establishments,
  '0003-accounts': accounts,
  '0004-secure-access': secureAccess,
  '0005-mail': mail,
  '0006-transfers': transfers,
  '0007-people': people,
  '0008-transfer-lists': transferLists,
  '0009-transfer-counts': transferCounts,
}
