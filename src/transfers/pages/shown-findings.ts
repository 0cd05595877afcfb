import { csvLine, CSV_START } from '../../kit/csv.ts'
import type { Words } from '../../kit/i18n.ts'
import { wordFinding, type FileFinding } from '../file-answer.ts'

/** Where something was found. */
type Place = Pick<FileFinding, 'pupil' | 'line' | 'column' | 'path'>

/** A finding as a page shows it: in words, once for all the places at which they are the same. */
export interface ShownFinding {
  rule: string
  severity: FileFinding['severity']
  problem: string
  action: string
  /** At most PLACES_SHOWN; none where it is about the file as a whole. */
  places: Place[]
  /** How many more places there are. */
  more: number
  /** How many pupils it is about; told where there are many. */
  pupils: number
}

/** Findings about one pupil, about many pupils alike, or about the file as a whole. */
export interface FindingGroup {
  about: 'file' | 'many' | 'pupil'
  pupil: FileFinding['pupil']
  findings: ShownFinding[]
}

/** What a check found, as pages show it: the file as a whole, what many pupils have alike, then pupil by pupil. */
export interface ShownFindings {
  errors: number
  warnings: number
  groups: FindingGroup[]
  /** How many pupils' findings are not shown but only in the CSV. */
  hidden: number
  /** All of them as a CSV file, a data URL; null where nothing has a place in the file. */
  csv: string | null
}

type WordedFinding = FileFinding & ReturnType<typeof wordFinding>

const PLACES_SHOWN = 10
const GROUPS_SHOWN = 40

/** The same words about more pupils than this are said once for all of them. */
const ALIKE_MAX = 3

/** Findings for a page, in the language of `words`; their order within a pupil is that of the file. */
export function shownFindings(findings: readonly FileFinding[], words: Words): ShownFindings {
  const worded = findings.map((finding) => ({ ...finding, ...wordFinding(finding, words) }))
  const alike = new Map<string, Set<number>>()
  for (const { pupil, severity, problem } of worded) {
    if (!pupil) continue
    const key = `${severity} ${problem}`
    alike.set(key, (alike.get(key) ?? new Set()).add(pupil.index))
  }
  const groups = new Map<string, FindingGroup>()
  for (const finding of worded) {
    const pupils = alike.get(`${finding.severity} ${finding.problem}`)?.size ?? 0
    const about = !finding.pupil ? 'file' : pupils > ALIKE_MAX ? 'many' : 'pupil'
    const key = about === 'pupil' ? String(finding.pupil!.index) : about
    const group = groups.get(key) ?? { about, pupil: about === 'pupil' ? finding.pupil : null, findings: [] }
    groups.set(key, group)
    addTo(group, finding, pupils)
  }
  const order = [...groups.values()].sort((a, b) => rank(a) - rank(b))
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return {
    errors,
    warnings: findings.length - errors,
    groups: order.slice(0, GROUPS_SHOWN),
    hidden: Math.max(0, order.length - GROUPS_SHOWN),
    csv: findings.some(({ line }) => line > 0) ? csvOf(worded, words) : null,
  }
}

function addTo(
  group: FindingGroup,
  { rule, severity, problem, action, ...place }: WordedFinding,
  pupils: number,
): void {
  let shown = group.findings.find((one) => one.severity === severity && one.problem === problem)
  if (!shown) {
    shown = { rule, severity, problem, action, places: [], more: 0, pupils }
    group.findings.push(shown)
  }
  if (place.line === 0) return
  if (shown.places.length < PLACES_SHOWN) {
    const { pupil, line, column, path } = place
    shown.places.push({ pupil, line, column, path })
  } else shown.more += 1
}

/** What refuses a file comes first, then the file as a whole, then many pupils, then pupil by pupil. */
function rank({ about, pupil, findings }: FindingGroup): number {
  const refuses = findings.some(({ severity }) => severity === 'error')
  const place = about === 'file' ? 0 : about === 'many' ? 1 : 1 + pupil!.index
  return place + (refuses ? 0 : 1e9)
}

/** All findings for a spreadsheet, as a data URL: what was found is kept nowhere, so no address could give it later. */
function csvOf(findings: readonly WordedFinding[], words: Words): string {
  const head = ['pupil', 'upn', 'severity', 'problem', 'action', 'rule', 'line', 'column', 'path']
  const lines = [
    csvLine(head.map((name) => words(`pages.transfers.findings.csv.${name}`))),
    ...findings.map(({ pupil, severity, problem, action, rule, line, column, path }) =>
      csvLine([
        pupil?.index ?? '',
        pupil?.upn ?? '',
        words(`pages.transfers.findings.${severity}`),
        problem,
        action,
        rule,
        line || '',
        column || '',
        path,
      ]),
    ),
  ]
  return `data:text/csv;charset=utf-8,${encodeURIComponent((CSV_START + lines.join('')).toWellFormed())}`
}
