import type { FieldValue, ImportReport } from '../establishments/index.ts'
import type { WordParams, Words } from '../kit/i18n.ts'

/** So many of each kind are listed for a person; `--json` gives all. */
const SHOWN = 50

/** What an import did or would do, as lines for a person. */
export function reportLines(report: ImportReport, words: Words): string[] {
  const { file, links } = report
  const say = (key: string, params: WordParams = {}): string => words(`register.report.${key}`, params)
  const changed = (list: ImportReport['changed']): string[] =>
    list.flatMap((one) => [`${one.code} ${one.name}`, ...fieldLines(one, words)])
  const named = (list: ImportReport['created']): string[] => list.map((one) => `${one.code} ${one.name}`)
  const list = (key: string, count: number, lines: string[]): string[] => [
    say(key, { n: count }),
    ...lines.slice(0, SHOWN).map((line) => `  ${line}`),
    ...(lines.length > SHOWN ? [`  ${say('more')}`] : []),
  ]
  return [
    say('file', { format: say(file.format), encoding: file.encoding, rows: file.read, taken: file.taken }),
    say('withoutNumber', { n: file.withoutNumber }),
    say('duplicates', { n: file.duplicates }),
    ...list(
      'bad',
      file.badRows,
      file.bad.map(({ line, reason }) => say('line', { line, reason: words(`register.reasons.${reason}`) })),
    ),
    ...list('created', report.created.length, named(report.created)),
    ...list('changed', report.changed.length, changed(report.changed)),
    ...list('closed', report.closed.length, changed(report.closed)),
    ...list('reopened', report.reopened.length, changed(report.reopened)),
    ...list(
      'renumbered',
      report.renumbered.length,
      report.renumbered.map(({ from, to, name }) => `${from} → ${to} ${name}`),
    ),
    ...list('vanished', report.vanished.length, named(report.vanished)),
    ...list('conflicts', report.conflicts.length, conflictLines(report, words)),
    ...list(
      'links',
      links.recorded.length,
      links.recorded.map(({ from, to, type }) => `${from} → ${to} ${words(`register.links.${type}`)}`),
    ),
    say('linksLeft', { known: links.known, unknown: links.unknown, skipped: links.skipped }),
    say('loaded', { las: report.loaded.join(', ') || '–' }),
    say(report.dryRun ? 'dryRun' : 'done'),
  ]
}

function shown(value: FieldValue): string {
  return (typeof value === 'string' ? value : value?.join(', ')) || '–'
}

function fieldLines({ fields }: ImportReport['changed'][number], words: Words): string[] {
  return Object.entries(fields).map(
    ([field, { from, to }]) => `  ${words(`register.fields.${field}`)}: ${shown(from)} → ${shown(to)}`,
  )
}

function conflictLines({ conflicts }: ImportReport, words: Words): string[] {
  return conflicts.map(({ code, name, field, kept, file }) =>
    words('register.report.conflict', {
      code,
      name,
      field: words(`register.fields.${field}`),
      kept: shown(kept),
      file: shown(file),
    }),
  )
}
