/** Whoever tries. */
export type Attacker =
  'approver' | 'laApprover' | 'dba' | 'viewOnly' | 'national' | 'secretary' | 'cardiffDba'

/** Whose account it is tried on. */
export type Target =
  | 'self'
  | 'colleague'
  | 'neighbour'
  | 'stranger'
  | 'dbaPerson'
  | 'nationalPerson'
  | 'leaUser'
  | 'elsewhere'
  | 'suspendedElsewhere'
  | 'gone'

/** A change of somebody's account that must not be. */
export interface Attack {
  title: string
  by: Attacker
  on: Target
  path: string
  /** What is sent; `seen` is that of the account as it is. */
  fields?: Record<string, string | readonly string[]>
  status: 403 | 404 | 409 | 422
  says?: RegExp
}

const details = { name: 'Somebody Else', email: 'mine@frost.example.org', language: 'en' }

/** The attack table: what nobody gets by sending a form that no page of theirs has. */
export const ATTACKS: readonly Attack[] = [
  // roles that are set up from above
  {
    title: 'an approver grants lea-dba',
    by: 'laApprover',
    on: 'leaUser',
    path: 'roles',
    fields: { roles: ['lea-user', 'lea-dba'] },
    status: 422,
    says: /cannot have the role lea-dba/,
  },
  {
    title: 'a DBA grants lea-dba',
    by: 'dba',
    on: 'leaUser',
    path: 'roles',
    fields: { roles: 'lea-dba' },
    status: 422,
  },
  {
    title: 'an approver grants national-administrator',
    by: 'approver',
    on: 'colleague',
    path: 'roles',
    fields: { roles: 'national-administrator' },
    status: 422,
  },
  {
    title: 'the flag as a role',
    by: 'approver',
    on: 'colleague',
    path: 'roles',
    fields: { roles: 'approver' },
    status: 422,
  },
  {
    title: 'the role of connected systems',
    by: 'approver',
    on: 'colleague',
    path: 'roles',
    fields: { roles: ['connected-system', 'member'] },
    status: 422,
  },
  {
    title: 'a role of another kind of organisation',
    by: 'approver',
    on: 'colleague',
    path: 'roles',
    fields: { roles: 'lea-lost-pupil-transfer' },
    status: 422,
  },
  {
    title: 'a role of another kind, by the DBA',
    by: 'dba',
    on: 'leaUser',
    path: 'roles',
    fields: { roles: 'school-user' },
    status: 422,
  },
  {
    title: 'a system’s role of another kind',
    by: 'approver',
    on: 'colleague',
    path: 'systems',
    fields: { grants: 'collect:la-return' },
    status: 422,
  },
  {
    title: 'a system that is not there',
    by: 'approver',
    on: 'colleague',
    path: 'systems',
    fields: { grants: 'payroll:all' },
    status: 404,
  },
  // oneself
  ...['edit', 'roles', 'systems', 'approver', 'archive', 'invite', 'end-sessions'].map((path): Attack => ({
    title: `one’s own account: ${path}`,
    by: 'approver',
    on: 'self',
    path,
    fields: { ...(path === 'edit' ? details : {}), ...(path === 'approver' ? { do: 'take' } : {}) },
    status: 409,
    says: /your own account/,
  })),
  {
    title: 'a DBA gives itself another role',
    by: 'dba',
    on: 'self',
    path: 'roles',
    fields: { roles: 'lea-lost-pupil-transfer' },
    status: 409,
    says: /your own account/,
  },
  // out of reach
  ...['edit', 'roles', 'systems', 'approver', 'archive', 'restore', 'invite', 'end-sessions'].map(
    (path): Attack => ({
      title: `a person of another school: ${path}`,
      by: 'approver',
      on: 'neighbour',
      path,
      fields: { ...(path === 'edit' ? details : {}), ...(path === 'approver' ? { do: 'take' } : {}) },
      status: 404,
    }),
  ),
  ...['edit', 'roles', 'archive', 'restore', 'invite'].map((path): Attack => ({
    title: `a DBA on a school of another LA: ${path}`,
    by: 'cardiffDba',
    on: 'colleague',
    path,
    fields: path === 'edit' ? details : {},
    status: 404,
  })),
  // what a DBA may not: access to systems, approvers, sessions
  {
    title: 'a DBA makes an approver',
    by: 'dba',
    on: 'colleague',
    path: 'approver',
    fields: { do: 'make' },
    status: 403,
  },
  {
    title: 'a DBA gives systems',
    by: 'dba',
    on: 'colleague',
    path: 'systems',
    fields: { grants: 'collect:census' },
    status: 403,
  },
  { title: 'a DBA ends sessions', by: 'dba', on: 'colleague', path: 'end-sessions', status: 403 },
  // accounts above
  {
    title: 'an approver archives the DBA',
    by: 'laApprover',
    on: 'dbaPerson',
    path: 'archive',
    status: 409,
    says: /set up from above/,
  },
  {
    title: 'an approver changes the DBA’s address',
    by: 'laApprover',
    on: 'dbaPerson',
    path: 'edit',
    fields: details,
    status: 409,
    says: /set up from above/,
  },
  {
    title: 'an approver ends the DBA’s sessions',
    by: 'laApprover',
    on: 'dbaPerson',
    path: 'end-sessions',
    status: 409,
    says: /set up from above/,
  },
  {
    title: 'a DBA archives the national administrator',
    by: 'dba',
    on: 'nationalPerson',
    path: 'archive',
    status: 404,
  },
  // people who belong elsewhere too
  {
    title: 'the address of somebody who belongs elsewhere too',
    by: 'approver',
    on: 'elsewhere',
    path: 'edit',
    fields: details,
    status: 409,
    says: /belongs to another organisation too/,
  },
  {
    title: 'the sessions of somebody who belongs elsewhere too',
    by: 'approver',
    on: 'elsewhere',
    path: 'end-sessions',
    status: 409,
    says: /belongs to another organisation too/,
  },
  {
    title: 'the address of somebody whom another organisation may let in again',
    by: 'approver',
    on: 'suspendedElsewhere',
    path: 'edit',
    fields: details,
    status: 409,
    says: /belongs to another organisation too/,
  },
  {
    title: 'a one-time password for somebody whom another organisation may let in again',
    by: 'approver',
    on: 'suspendedElsewhere',
    path: 'one-time-password',
    status: 409,
  },
  // accounts that have ended
  ...['edit', 'roles', 'systems', 'approver', 'archive', 'invite', 'end-sessions'].map((path): Attack => ({
    title: `an archived account: ${path}`,
    by: 'approver',
    on: 'gone',
    path,
    fields: { ...(path === 'edit' ? details : {}), ...(path === 'approver' ? { do: 'make' } : {}) },
    status: 409,
    says: /is archived/,
  })),
  { title: 'an account in use is restored', by: 'approver', on: 'colleague', path: 'restore', status: 409 },
  // forms that say less than they should
  {
    title: 'a form without what it was made for',
    by: 'approver',
    on: 'colleague',
    path: 'roles',
    fields: { roles: 'school-user', seen: 'anything' },
    status: 409,
    says: /changed this account meanwhile/,
  },
  // those who may do nothing here
  ...(['viewOnly', 'national', 'secretary'] as const).flatMap((by) =>
    ['edit', 'roles', 'systems', 'approver', 'archive', 'restore', 'invite', 'end-sessions'].map(
      (path): Attack => ({
        title: `${by} posts ${path}`,
        by,
        on: 'colleague',
        path,
        fields: { ...(path === 'edit' ? details : {}), ...(path === 'approver' ? { do: 'make' } : {}) },
        status: 403,
      }),
    ),
  ),
]
