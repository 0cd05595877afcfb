import { z } from 'zod'
import { addSupplier, listSuppliers } from '../establishments/index.ts'
import { action } from '../permissions/action.ts'
import { emailField, lineField, optional } from './fields.ts'

const ofRegister = {
  permission: 'keep-register',
  find: ({ actor }: { actor: { organisation: string } }) => Promise.resolve(actor.organisation),
  business: (organisation: string) => [organisation],
} as const

/** The software suppliers, who exchange generic files under codes of their own (guidance for local authorities §5.5). */
export const showSuppliers = action({
  ...ofRegister,
  name: 'dba.show-suppliers',
  input: z.strictObject({}),
  audited: 'refusals',
  run: ({ tx }) => listSuppliers(tx),
  auditSubject: () => null,
})

/** Adds a software supplier under the next free code. */
export const addNewSupplier = action({
  ...ofRegister,
  name: 'dba.add-supplier',
  input: z.strictObject({
    name: lineField,
    email: optional(emailField),
    language: z.enum(['en', 'cy', 'both']),
  }),
  run: ({ tx, input }) => addSupplier(tx, input),
  auditSubject: (_, answer) => answer?.code ?? null,
})
