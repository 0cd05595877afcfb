import { z } from 'zod'
import { FILE_KINDS } from '../ctf/file-name.ts'
import type { Finding } from '../ctf/index.ts'
import type { WordParams, Words } from '../kit/i18n.ts'
import { Refusal } from '../kit/refusal.ts'
import { FILE_STATUSES } from './rules.ts'
import type { EventRow, FileRow } from './store.ts'

/** A finding as the API shows it; place and pupil are null where it is about the file as a whole. */
export const findingAnswer = z
  .object({
    rule: z.string(),
    severity: z.enum(['error', 'warning']),
    message: z.string(),
    line: z.number().int().nullable(),
    column: z.number().int().nullable(),
    path: z.string().nullable(),
    pupil: z.object({ index: z.number().int(), upn: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Finding' })

/** A file as lists show it. `pupils` counts them; names are never in a list. */
export const fileAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(FILE_KINDS),
    status: z.enum(FILE_STATUSES),
    source: z.string().describe('Code of the organisation it comes from'),
    destination: z.string().describe('Code of the organisation it goes to, or XXXXXXX or MMMMMMM'),
    sender: z
      .string()
      .describe('Code of the organisation that uploaded it: its source, or the LA acting for it'),
    pupils: z.number().int(),
    uploadedAt: z.iso.datetime(),
    changedAt: z.iso.datetime(),
    fetchedAt: z.iso.datetime().nullable(),
    confirmedAt: z.iso.datetime().nullable(),
    reason: z.string().nullable().describe('Why it was rejected or removed'),
    original: z.string().nullable().describe('The file of which this is a readdressed copy'),
    readdressedAs: z.string().nullable().describe('The readdressed copy of this file'),
    receipt: z.object({ sha256: z.string(), size: z.number().int(), receivedAt: z.iso.datetime() }),
  })
  .meta({ id: 'File' })

/** A file with what the check found. */
export const checkedFileAnswer = fileAnswer
  .extend({ findings: z.array(findingAnswer) })
  .meta({ id: 'CheckedFile' })

/** A file with what the check found and its history, oldest first. */
export const fileWithHistoryAnswer = checkedFileAnswer
  .extend({
    history: z.array(
      z.object({
        at: z.iso.datetime(),
        event: z.string(),
        organisation: z.string(),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'FileWithHistory' })

/** A file as the API shows it. */
export type FileAnswer = z.infer<typeof fileAnswer>

/** A file row as an answer. */
export function toFileAnswer(row: FileRow): FileAnswer {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    status: row.status,
    source: row.source,
    destination: row.destination,
    sender: row.sender,
    pupils: row.pupils,
    uploadedAt: row.uploadedAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    fetchedAt: row.fetchedAt?.toISOString() ?? null,
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    reason: row.reason,
    original: row.original,
    readdressedAs: row.readdressedAs,
    receipt: { sha256: row.sha256, size: row.size, receivedAt: row.uploadedAt.toISOString() },
  }
}

/** A finding in a file, by the check of its content or by the service about the file as a whole. */
export type FileFinding = Omit<Finding, 'params'> & { params: WordParams }

/** A finding of the service about the file as a whole: its name, its destination. */
export function wholeFileFinding(
  rule: string,
  severity: Finding['severity'],
  params: WordParams = {},
): FileFinding {
  return { rule, severity, params, line: 0, column: 0, path: '', pupil: null }
}

/** What is wrong and what to do, in the language of `words`. */
export function wordFinding(
  { rule, params }: Pick<FileFinding, 'rule' | 'params'>,
  words: Words,
): { problem: string; action: string } {
  const key = wordsOfRule(rule)
  return { problem: words(`${key}.problem`, params), action: words(`${key}.action`, params) }
}

/** A finding as the API says it. */
export function toFindingAnswer(finding: FileFinding, words: Words): z.infer<typeof findingAnswer> {
  const { problem, action } = wordFinding(finding, words)
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: `${problem} ${action}`,
    line: finding.line || null,
    column: finding.column || null,
    path: finding.path || null,
    pupil: finding.pupil,
  }
}

/** A file that is refused for what was found in it: said in the language of whoever asked. */
export class FileRefusal extends Refusal {
  readonly found: readonly FileFinding[]

  constructor(
    kind: 'unacceptable' | 'unsupported',
    code: string,
    { found, because }: { found: readonly FileFinding[]; because: string },
  ) {
    super(kind, code, {
      because,
      params: { count: found.length },
      findings: (words) => found.map((finding) => toFindingAnswer(finding, words)),
    })
    this.found = found
  }
}

/** Where the words of a rule stand: those of the format, of file names, and of this room. */
function wordsOfRule(rule: string): string {
  if (rule.startsWith('ctf-')) return `ctf.rules.${rule}`
  if (rule.startsWith('name-') && rule !== 'name-suggested') return `ctf.name.${rule.slice('name-'.length)}`
  return `transfers.findings.${rule}`
}

/** A line of history as an answer. */
export function toHistoryAnswer(row: EventRow): {
  at: string
  event: string
  organisation: string
  detail: string | null
} {
  return { ...row, at: row.at.toISOString() }
}
