/**
 * Who may do what, and how far: the whole policy. Rows are what one may do, columns the roles of the guidance
 * for local authorities §1.6 and ICES Bulletin 65 §1 (the approver flag last). docs/permissions.md is made from it.
 */

/** The roles, in the order of the columns. */
export const ROLES = [
  'school-user',
  'lea-dba',
  'lea-dba-view-only',
  'lea-user',
  'lea-school',
  'lea-lost-pupil',
  'lea-lost-pupil-transfer',
  'lea-plasc',
  'lea-admissions',
  'supplier-user',
  'national-administrator',
  'approver',
] as const

/** A role by its slug. */
export type Role = (typeof ROLES)[number]

/**
 * How far a role reaches: matters of its own organisation; of every establishment with its LA number and the LA
 * itself; of every organisation of its nation; of any.
 */
export type Reach = 'own-organisation' | 'own-authority' | 'own-nation' | 'anywhere'

type Cell = Reach | null
type Row = readonly [Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell]

const OWN = 'own-organisation'
const LA = 'own-authority'
const ALL = 'anywhere'
const o = null

/* prettier-ignore */
const TABLE = {
  //                    school dba  view  lea   lea     lost   lost-p.   plasc admis- sup-  natio- ap-
  //                    user        only  user  school  pupil  transfer        sions  plier nal    prover
  'send-ctf':          [OWN,   OWN, o,    OWN,  LA,     o,     OWN,      o,    o,     o,    o,     o  ],
  'collect-ctf':       [OWN,   OWN, o,    OWN,  OWN,    o,     OWN,      o,    o,     o,    o,     o  ],
  'open-ctf':          [OWN,   OWN, o,    OWN,  OWN,    o,     OWN,      o,    o,     o,    o,     o  ],
  'see-sent-files':    [OWN,   OWN, o,    OWN,  LA,     OWN,   OWN,      OWN,  OWN,   OWN,  o,     o  ],
  'recall-own-upload': [OWN,   OWN, o,    OWN,  LA,     OWN,   OWN,      OWN,  OWN,   OWN,  o,     o  ],
  'deposit-in-lpd':    [OWN,   o,   o,    o,    LA,     o,     o,        o,    o,     o,    o,     o  ],
  'recall-own-deposit':[OWN,   o,   o,    o,    LA,     o,     o,        o,    o,     o,    o,     o  ],
  'find-a-school':     [ALL,   ALL, ALL,  ALL,  ALL,    ALL,   ALL,      ALL,  ALL,   ALL,  ALL,   ALL],
  'own-account':       [ALL,   ALL, ALL,  ALL,  ALL,    ALL,   ALL,      ALL,  ALL,   ALL,  ALL,   ALL],
} as const satisfies Record<string, Row>

/** Something that one may be allowed to do: a row of the table. */
export type Permission = keyof typeof TABLE

/** Every permission, in the order of the table. */
export const PERMISSIONS = Object.keys(TABLE) as Permission[]

/** How far `role` reaches with `permission`; null: never. */
export function reachOf(role: Role, permission: Permission): Reach | null {
  return TABLE[permission][ROLES.indexOf(role)] ?? null
}
