import { CTF_RULES, SUBJECTS, findingKey, type CtfRule, type Severity, type Subject } from '../ctf/rules.ts'
import { wordsOf, type Language, type WordParams } from '../kit/i18n.ts'

/** Which rules are asked for; null: all. */
export interface RuleFilter {
  severity: Severity | null
  subject: Subject | null
}

/** A rule in words, with the names of what it fills in in brackets: a list has no file to take them from. */
export interface ShownRule extends CtfRule {
  problem: string
  action: string
}

/** The rules of one subject. */
export interface ShownSubject {
  subject: Subject
  title: string
  rules: readonly ShownRule[]
}

/** One way to narrow the list. */
export interface FilterLink {
  text: string
  href: string
  isCurrent: boolean
}

/** Everything that the list of rules shows. */
export interface RuleList {
  count: number
  subjects: readonly ShownSubject[]
  bySeverity: readonly FilterLink[]
  bySubject: readonly FilterLink[]
}

const PATH = '/help/ctf-rules'
const WEIGHTS: readonly Severity[] = ['error', 'warning']

/** The filter that an address asks for; what it does not know asks for all. */
export function readRuleFilter(query: unknown): RuleFilter {
  const asked = (query ?? {}) as Record<string, unknown>
  return {
    severity: WEIGHTS.find((one) => one === asked['severity']) ?? null,
    subject: SUBJECTS.find((one) => one === asked['subject']) ?? null,
  }
}

/** The list of rules in a language. */
export function listRules(language: Language, filter: RuleFilter): RuleList {
  const say = wordsOf(language)
  const k = 'ctf.ruleList.'
  const link = (text: string, narrowed: Partial<RuleFilter>, isCurrent: boolean): FilterLink => {
    const chosen = Object.entries({ ...filter, ...narrowed }).filter(([, value]) => value !== null)
    const query = new URLSearchParams(chosen as [string, string][]).toString()
    return { text, href: query === '' ? PATH : `${PATH}?${query}`, isCurrent }
  }
  const subjects = shownSubjects(language, filter)
  return {
    count: subjects.reduce((sum, { rules }) => sum + rules.length, 0),
    subjects,
    bySeverity: [null, ...WEIGHTS].map((severity) =>
      link(say(`${k}severities.${severity ?? 'all'}`), { severity }, filter.severity === severity),
    ),
    bySubject: [null, ...SUBJECTS].map((subject) =>
      link(say(`${k}subjects.${subject ?? 'all'}`), { subject }, filter.subject === subject),
    ),
  }
}

function shownSubjects(language: Language, { severity, subject }: RuleFilter): ShownSubject[] {
  const say = wordsOf(language)
  const values = placeholders(language)
  return SUBJECTS.filter((one) => subject === null || one === subject)
    .map((one) => ({
      subject: one,
      title: say(`ctf.ruleList.subjects.${one}`),
      rules: CTF_RULES.filter((rule) => rule.subject === one)
        .filter((rule) => severity === null || rule.severity === severity)
        .map((rule) => {
          const { problem, action } = findingKey(rule.rule)
          return { ...rule, problem: say(problem, values), action: say(action, values) }
        }),
    }))
    .filter(({ rules }) => rules.length > 0)
}

/** What the words of rules fill in; each stands in the locales by its own name. */
export const PLACEHOLDERS = [
  'accepted',
  'age',
  'allowed',
  'attribute',
  'before',
  'code',
  'codes',
  'element',
  'end',
  'expected',
  'first',
  'form',
  'given',
  'inFile',
  'inName',
  'la',
  'least',
  'length',
  'marks',
  'meant',
  'missing',
  'most',
  'rank',
  'sessions',
  'start',
  'title',
  'type',
  'version',
  'year',
] as const

function placeholders(language: Language): WordParams {
  const say = wordsOf(language)
  return Object.fromEntries(PLACEHOLDERS.map((name) => [name, `[${say(`ctf.ruleList.values.${name}`)}]`]))
}

/** The text of docs/ctf-rules.md: every rule of the check. */
export function rulesDocument(): string {
  const { count, subjects } = listRules('en', { severity: null, subject: null })
  const errors = CTF_RULES.filter(({ severity }) => severity === 'error').length
  const parts = [
    '# What is checked in a transfer file',
    'Made from `src/ctf/rules/` and `locales/en.json` by `npm run docs`; a test keeps it current. The service shows the ' +
      'same list, in Welsh too, at `/help/ctf-rules`.',
    `${count} rules. A file that breaks one of the ${errors} whose severity is error is refused; a warning is said and the ` +
      'file is taken. What no source verifies only warns. A rule is _structural_ where the XML schema of the file’s version ' +
      '(`cts ctf xsd`) says the same.',
    ...subjects.map(({ title, rules }) => [`## ${title}`, ...rules.map(documented)].join('\n\n')),
  ]
  return `${parts.join('\n\n')}\n`
}

function documented({ rule, severity, structural, problem, action, items, source }: ShownRule): string {
  const about = items.length > 0 ? `About ${items.map((item) => `\`${item}\``).join(', ')}. ` : ''
  return [
    `### ${rule}`,
    `**${severity}**${structural ? ', structural' : ''}. ${escaped(problem)} ${escaped(action)}`,
    `${about}Source: ${escaped(source)}.`,
  ].join('\n\n')
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('[', '\\[')
