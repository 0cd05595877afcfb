import type { Refusal } from '../../kit/refusal.ts'
import type { PageExchange } from '../../permissions/page.ts'

/** Fields that a text is typed into. */
const TEXTS = ['details', 'answer'] as const

/** Refusals that are about the boxes that were ticked. */
const OF_ROLES: ReadonlySet<string> = new Set(['request-roles-none', 'request-role', 'request-role-answer'])

/**
 * What is wrong with a form, for the summary and at the field; null where the refusal is not about the form. A conflict is
 * said above it.
 */
export function problemsOf(
  { code, kind, detail }: Refusal,
  typed: Record<string, unknown>,
  { words }: PageExchange,
): { errors: { href?: string; text: string }[]; wrong: Record<string, string> } | null {
  const field = TEXTS.find((one) => one === detail.params?.['field'])
  if (code === 'input' && field) {
    const value = typed[field]
    const isMissing = typeof value !== 'string' || value.trim() === ''
    const text = words(`pages.requests.wrong.${field}${isMissing ? 'Missing' : 'Bad'}`)
    return { errors: [{ href: `#${field}`, text }], wrong: { [field]: text } }
  }
  const isOfRoles = OF_ROLES.has(code)
  if (!isOfRoles && kind !== 'conflict') return null
  const text = ['title', 'detail'].map((part) => words(`refusals.${code}.${part}`, detail.params)).join('. ')
  return isOfRoles
    ? { errors: [{ href: '#role', text }], wrong: { role: text } }
    : { errors: [{ text }], wrong: {} }
}
