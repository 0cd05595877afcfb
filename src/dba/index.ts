import { page, type AnyPage } from '../permissions/page.ts'
import { administratorPages } from './administrator-pages.ts'
import { authorityPages } from './authority-pages.ts'
import { importPages } from './import-pages.ts'
import { listPages } from './list-pages.ts'
import { showMenu } from './menu.ts'
import { registerPages } from './register-pages.ts'
import { schoolPages } from './school-pages.ts'
import { supplierPages } from './supplier-pages.ts'

export { workByClock } from './by-clock.ts'

/** The pages of this room. */
export const pages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/dba',
    action: showMenu,
    show: (data) => ({ view: 'dba/views/menu.njk', data }),
  }),
  ...listPages,
  ...schoolPages,
  ...authorityPages,
  ...administratorPages,
  ...registerPages,
  ...supplierPages,
  ...importPages,
]
