/**
 * Who may do what, and how far: the whole policy. Rows are what one may do, columns the roles of the guidance
 * for local authorities §1.6 and ICES Bulletin 65 §1; then the approver flag, the systems that sign people in by Secure
 * Access and ask about them, and every person of an organisation, also one without a role in this service.
 * docs/permissions.md is made from it.
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
  'connected-system',
  'member',
] as const

/** A role by its slug. */
export type Role = (typeof ROLES)[number]

/**
 * How far a role reaches: matters of its own organisation; of every establishment with its LA number and the LA
 * itself; of every organisation of its nation; of any.
 */
export type Reach = 'own-organisation' | 'own-authority' | 'own-nation' | 'anywhere'

type Cell = Reach | null
type Row = readonly [Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell]

const OWN = 'own-organisation'
const LA = 'own-authority'
const NAT = 'own-nation'
const ALL = 'anywhere'
const o = null

/* prettier-ignore */
const TABLE = {
  //                        school dba  view  lea   lea  lost  lost-p. plasc admis- sup- natio- ap-  sys- mem-
  //                        user        only  user  school pupil transfer   sions plier nal prover tem ber
  'send-ctf':              [OWN,  OWN,  o,    OWN,  LA,   o,    OWN,  o,    o,    o,    o,    o,    o, o  ],
  'collect-ctf':           [OWN,  OWN,  o,    OWN,  OWN,  o,    OWN,  o,    o,    o,    o,    o,    o, o  ],
  'recall-own-upload':     [OWN,  OWN,  o,    OWN,  LA,   OWN,  OWN,  OWN,  OWN,  OWN,  o,    o,    o, o  ],
  'see-sent-files':        [OWN,  OWN,  o,    OWN,  LA,   OWN,  OWN,  OWN,  OWN,  OWN,  o,    o,    o, o  ],
  'see-la-files':          [o,    LA,   o,    LA,   LA,   o,    LA,   o,    o,    o,    o,    o,    o, o  ],
  'collect-la-copies':     [o,    LA,   o,    LA,   LA,   o,    LA,   o,    o,    o,    o,    o,    o, o  ],
  'see-names-in-la-files': [o,    LA,   o,    LA,   LA,   o,    LA,   o,    o,    o,    o,    o,    o, o  ],
  'open-ctf':              [OWN,  OWN,  o,    OWN,  OWN,  o,    OWN,  o,    o,    o,    o,    o,    o, o  ],
  'delete-uncollected':    [o,    LA,   o,    LA,   LA,   o,    LA,   o,    o,    o,    o,    o,    o, o  ],
  'forward-uncollected':   [o,    o,    o,    LA,   LA,   o,    LA,   o,    o,    o,    o,    o,    o, o  ],
  'exchange-census':       [OWN,  o,    o,    OWN,  OWN,  o,    OWN,  OWN,  o,    o,    o,    o,    o, o  ],
  'exchange-admissions':   [OWN,  o,    o,    OWN,  OWN,  o,    OWN,  o,    OWN,  o,    o,    o,    o, o  ],
  'exchange-generic':      [OWN,  o,    o,    OWN,  OWN,  OWN,  OWN,  OWN,  OWN,  OWN,  o,    o,    o, o  ],
  'name-suppliers':        [o,    LA,   o,    o,    o,    o,    o,    o,    o,    o,    o,    OWN,  o, o  ],
  'transfer-phase':        [o,    o,    o,    LA,   LA,   o,    LA,   o,    o,    o,    o,    o,    o, o  ],
  'request-file':          [OWN,  o,    o,    o,    LA,   o,    o,    o,    o,    o,    o,    o,    o, o  ],
  'see-la-requests':       [o,    LA,   o,    LA,   LA,   LA,   LA,   o,    o,    o,    o,    o,    o, o  ],
  'deposit-in-lpd':        [OWN,  o,    o,    o,    LA,   o,    o,    o,    o,    o,    o,    o,    o, o  ],
  'recall-own-deposit':    [OWN,  o,    o,    o,    LA,   o,    o,    o,    o,    o,    o,    o,    o, o  ],
  'forward-own-deposit':   [OWN,  o,    o,    o,    LA,   o,    o,    o,    o,    o,    o,    o,    o, o  ],
  'search-lpd':            [o,    o,    o,    o,    o,    ALL,  ALL,  o,    o,    o,    o,    o,    o, o  ],
  'download-from-lpd':     [o,    o,    o,    o,    o,    ALL,  ALL,  o,    o,    o,    o,    o,    o, o  ],
  'hand-find-over':        [o,    o,    o,    o,    o,    OWN,  o,    o,    o,    o,    o,    o,    o, o  ],
  'forward-from-lpd':      [o,    o,    o,    o,    o,    o,    ALL,  o,    o,    o,    o,    o,    o, o  ],
  'see-own-lost-pupils':   [o,    o,    o,    o,    LA,   LA,   LA,   o,    o,    o,    o,    o,    o, o  ],
  'remove-from-lpd':       [o,    o,    o,    o,    LA,   LA,   LA,   o,    o,    o,    o,    o,    o, o  ],
  'report-no-ctf':         [OWN,  o,    o,    o,    LA,   o,    o,    o,    o,    o,    o,    o,    o, o  ],
  'see-cases':             [o,    o,    o,    LA,   LA,   LA,   LA,   o,    o,    o,    o,    o,    o, o  ],
  'close-cases':           [o,    o,    o,    o,    o,    LA,   LA,   o,    o,    o,    o,    o,    o, o  ],
  'decide-matches':        [o,    o,    o,    o,    o,    LA,   LA,   o,    o,    o,    o,    o,    o, o  ],
  'load-roll':             [OWN,  o,    o,    LA,   LA,   LA,   LA,   LA,   o,    o,    o,    o,    o, o  ],
  'match-annually':        [o,    o,    o,    o,    o,    o,    o,    o,    o,    o,    NAT,  o,    o, o  ],
  'send-message':          [OWN,  OWN,  o,    OWN,  OWN,  OWN,  OWN,  OWN,  OWN,  OWN,  OWN,  o,    o, o  ],
  'read-messages':         [OWN,  OWN,  OWN,  OWN,  OWN,  OWN,  OWN,  OWN,  OWN,  OWN,  OWN,  o,    o, o  ],
  'keep-templates':        [OWN,  OWN,  o,    OWN,  OWN,  OWN,  OWN,  OWN,  OWN,  OWN,  OWN,  o,    o, o  ],
  'report-usage':          [OWN,  LA,   LA,   LA,   LA,   LA,   LA,   LA,   LA,   o,    NAT,  o,    o, o  ],
  'report-cluster':        [o,    NAT,  NAT,  NAT,  NAT,  NAT,  NAT,  NAT,  NAT,  o,    NAT,  o,    o, o  ],
  'report-lpd-numbers':    [o,    NAT,  NAT,  NAT,  NAT,  NAT,  NAT,  NAT,  NAT,  o,    NAT,  o,    o, o  ],
  'report-lpd-details':    [o,    LA,   LA,   LA,   LA,   LA,   LA,   LA,   LA,   o,    o,    o,    o, o  ],
  'see-names-in-report':   [o,    LA,   o,    LA,   LA,   LA,   LA,   o,    o,    o,    o,    o,    o, o  ],
  'report-messages':       [o,    LA,   o,    o,    o,    o,    o,    o,    o,    o,    o,    o,    o, o  ],
  'see-monitoring':        [o,    LA,   LA,   LA,   LA,   o,    o,    o,    o,    o,    NAT,  o,    o, o  ],
  'see-people':            [o,    LA,   LA,   o,    o,    o,    o,    o,    o,    o,    NAT,  OWN,  o, o  ],
  'manage-people':         [o,    LA,   o,    o,    o,    o,    o,    o,    o,    o,    o,    OWN,  o, o  ],
  'manage-access':         [o,    o,    o,    o,    o,    o,    o,    o,    o,    o,    o,    OWN,  o, o  ],
  'manage-clients':        [o,    OWN,  o,    o,    o,    o,    o,    o,    o,    o,    o,    OWN,  o, o  ],
  'answer-requests':       [o,    LA,   o,    o,    o,    o,    o,    o,    o,    o,    NAT,  OWN,  o, o  ],
  'issue-approver-codes':  [o,    LA,   o,    o,    o,    o,    o,    o,    o,    o,    NAT,  o,    o, o  ],
  'set-up-dba':            [o,    o,    o,    o,    o,    o,    o,    o,    o,    o,    NAT,  o,    o, o  ],
  'run-user-audit':        [o,    o,    o,    o,    o,    o,    o,    o,    o,    o,    NAT,  o,    o, o  ],
  'confirm-people':        [o,    LA,   o,    o,    o,    o,    o,    o,    o,    o,    o,    OWN,  o, o  ],
  'see-school-details':    [o,    LA,   LA,   o,    o,    o,    o,    o,    o,    o,    NAT,  o,    o, o  ],
  'maintain-details':      [o,    LA,   o,    o,    o,    o,    o,    o,    o,    o,    NAT,  o,    o, o  ],
  'propose-school':        [o,    LA,   o,    o,    o,    o,    o,    o,    o,    o,    o,    o,    o, o  ],
  'keep-register':         [o,    o,    o,    o,    o,    o,    o,    o,    o,    o,    NAT,  o,    o, o  ],
  'find-a-school':         [ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  o, ALL],
  'own-account':           [ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  ALL,  o, ALL],
  'ask-about-people':      [o,    o,    o,    o,    o,    o,    o,    o,    o,    o,    o,    o,    ALL, o  ],
} as const satisfies Record<string, Row>

/** Something that one may be allowed to do: a row of the table. */
export type Permission = keyof typeof TABLE

/** Every permission, in the order of the table. */
export const PERMISSIONS = Object.keys(TABLE) as Permission[]

/** How far `role` reaches with `permission`; null: never. */
export function reachOf(role: Role, permission: Permission): Reach | null {
  return TABLE[permission][ROLES.indexOf(role)] ?? null
}
