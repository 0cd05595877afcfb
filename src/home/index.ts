import { mayEver } from '../permissions/decide.ts'
import { page, type AnyPage } from '../permissions/page.ts'
import { showHome } from './show-home.ts'

/** Where each number of what awaits somebody is dealt with. */
const PLACES = [
  ['toDownload', '/download'],
  ['toConfirm', '/download?view=to-confirm'],
  ['rejected', '/sent?view=rejected'],
  ['uncollected', '/sent?view=uncollected'],
] as const

/** The pages of this room. */
export const pages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/',
    action: showHome,
    show(awaiting, { visit }) {
      const items = PLACES.flatMap(([what, href]) => {
        const count = awaiting[what]
        return count ? [{ what, href, count }] : []
      })
      // somebody who neither sends nor collects has nothing that could await
      const mayHaveFiles = Object.values(awaiting).some((count) => count !== null)
      const maySend = mayEver(visit.actor, 'send-ctf')
      return { view: 'home/views/home.njk', data: { items, mayHaveFiles, maySend } }
    },
  }),
]
