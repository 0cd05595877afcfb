import type { Refusal } from '../kit/refusal.ts'
import type { PageExchange } from '../permissions/page.ts'

/** What is wrong, in the summary above a form; `href` leads to its field. */
export interface FormError {
  href?: string
  text: string
}

/**
 * What a form says of a refusal: of what was mistyped at its field, of what cannot be done in a sentence. Null where the
 * refusal has a page of its own.
 * @param fields names of the form's fields
 * @param at fields to which the refusals of these codes belong
 */
export function formErrors(
  { kind, code, detail }: Refusal,
  { words }: PageExchange,
  fields: readonly string[],
  at: Readonly<Record<string, string>> = {},
): FormError[] | null {
  const field = detail.params?.['field']
  if (code === 'input') {
    if (typeof field !== 'string' || !fields.includes(field)) return null
    return [{ href: `#${field}`, text: words(`pages.dba.wrong.${field}`) }]
  }
  if (!['conflict', 'unacceptable', 'too-large'].includes(kind)) return null
  const say = (part: string): string => words(`refusals.${code}.${part}`, detail.params)
  const href = at[code]
  return [{ ...(href ? { href: `#${href}` } : {}), text: `${say('title')}. ${say('detail')}` }]
}
