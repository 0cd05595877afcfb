import { page, type AnyPage, type Shown } from '../permissions/page.ts'
import { perform } from '../permissions/perform.ts'
import { formErrors } from './form-errors.ts'
import { addNewSupplier, showSuppliers } from './suppliers.ts'

const PATH = '/dba/register/suppliers'
const VALUES = { language: 'both' }

const shown = (data: object, status = 200): Shown => ({ view: 'dba/views/suppliers.njk', status, data })

/** Software suppliers: the list, and one more. */
export const supplierPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: PATH,
    action: showSuppliers,
    show: (suppliers) => shown({ suppliers, values: VALUES }),
  }),
  page({
    method: 'POST',
    path: PATH,
    action: addNewSupplier,
    show: ({ code, nameEn: name }) => ({
      to: PATH,
      notice: { key: 'pages.dba.suppliers.added', params: { name, code } },
    }),
    async refused(refusal, exchange, typed) {
      const errors = formErrors(refusal, exchange, ['name', 'email', 'language'])
      if (!errors) return null
      const suppliers = await perform(exchange.world, exchange.visit.actor, showSuppliers, {})
      return shown({ suppliers, values: { ...VALUES, ...typed }, errors }, refusal.status)
    },
  }),
]
