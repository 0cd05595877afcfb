import { mayEver } from '../permissions/decide.ts'
import { page, type AnyPage } from '../permissions/page.ts'
import { showHome } from './show-home.ts'

/** Where each number of what awaits somebody is dealt with. */
const PLACES = [
  ['toDownload', '/download'],
  ['toConfirm', '/download?view=to-confirm'],
  ['ofClosed', '/download/take-over'],
  ['rejected', '/sent?view=rejected'],
  ['uncollected', '/sent?view=uncollected'],
  ['requests', '/requests'],
  ['confirmations', '/user-audit'],
  ['inactive', '/dba/schools?view=inactive'],
  ['proposals', '/dba/register'],
] as const

/** What is said above it, and where it leads. */
const NOTICES = [
  { what: 'shared', href: '/claim-approver' },
  { what: 'nobody', href: '/claim-approver' },
  { what: 'few', href: '/people' },
] as const

/** The pages of this room. */
export const pages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/',
    action: showHome,
    show({ awaits, hasFiles, approvers }, { visit }) {
      // the first sign-ins of an organisation without an approver offer the role (ICES Bulletin 65 §1)
      if (approvers.leads) return { to: '/claim-approver' }
      const items = PLACES.flatMap(([what, href]) => {
        const count = awaits[what]
        return count ? [{ what, href, count }] : []
      })
      const maySend = mayEver(visit.actor, 'send-ctf')
      const { shared, lacking } = approvers
      const notices = NOTICES.filter(({ what }) => (what === 'shared' ? shared : what === lacking))
      const organisation = visit.organisation.name
      return {
        view: 'home/views/home.njk',
        data: { items, mayHaveFiles: hasFiles, maySend, notices, organisation },
      }
    },
  }),
]
