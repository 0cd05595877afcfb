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
import * as members from './0010-accounts.ts'
import * as systems from './0011-systems.ts'
import * as factors from './0012-factors.ts'
import * as approvers from './0013-approvers.ts'
import * as requests from './0014-requests.ts'
import * as sessions from './0015-sessions.ts'
import * as establishmentDetails from './0016-establishments.ts'
import * as userAudits from './0017-user-audits.ts'

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
  '0010-accounts': members,
  '0011-systems': systems,
  '0012-factors': factors,
  '0013-approvers': approvers,
  '0014-requests': requests,
  '0015-sessions': sessions,
  '0016-establishments': establishmentDetails,
  '0017-user-audits': userAudits,
}
