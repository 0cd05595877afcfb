import welsh from '../../locales/cy.json' with { type: 'json' }
import english from '../../locales/en.json' with { type: 'json' }
import type { Finding } from './findings.ts'

type Words = Readonly<Record<string, { readonly problem: string; readonly action: string }>>

const RULES: { en: Words; cy: Words } = { en: english.ctf.rules, cy: welsh.ctf.rules }

/**
 * A finding in words: what is wrong, and what to do.
 * @throws RangeError for a rule that is none
 */
export function sayFinding(
  { rule, params }: Pick<Finding, 'rule' | 'params'>,
  language: 'en' | 'cy',
): { problem: string; action: string } {
  const words = Object.hasOwn(RULES[language], rule) ? RULES[language][rule] : undefined
  if (words === undefined) throw new RangeError(`there is no rule ${rule}`)
  const filled = (text: string) =>
    text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''))
  return { problem: filled(words.problem), action: filled(words.action) }
}
