import type { FieldValue, ImportReport } from '../establishments/index.ts'
import type { WordParams } from '../kit/i18n.ts'
import { problemOf } from '../kit/problem.ts'
import type { Refusal } from '../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../permissions/page.ts'
import { checkImport, importList, offerImport, uploadLinks, uploadList } from './import.ts'
import { removeUpload, UPLOAD_MOST_MIB } from './uploads.ts'

const PATH = '/dba/register/import'

/** So many of each kind are listed; the command line gives all. */
const SHOWN = 50

/** What an import does of one kind: how many, and the first of them. */
interface ReportPart {
  title: string
  lines: string[]
  isMore: boolean
}

function inWords(value: FieldValue): string {
  return (typeof value === 'string' ? value : value?.join(', ')) || '–'
}

/** A report by kinds, in the words of the command line; what is nowhere is left out. */
function partsOf(report: ImportReport, { words }: PageExchange): ReportPart[] {
  const say = (key: string, params: WordParams = {}): string => words(`register.report.${key}`, params)
  const field = (name: string): string => words(`register.fields.${name}`)
  const changed = (list: ImportReport['changed']): string[] =>
    list.map(({ code, name, fields }) => {
      const each = Object.entries(fields).map(
        ([one, { from, to }]) => `${field(one)}: ${inWords(from)} → ${inWords(to)}`,
      )
      return `${code} ${name}: ${each.join('; ')}`
    })
  const named = (list: ImportReport['created']): string[] => list.map(({ code, name }) => `${code} ${name}`)
  const { file, links } = report
  const parts: [key: string, count: number, lines: string[]][] = [
    ['conflicts', report.conflicts.length, conflictLines(report, words)],
    ['created', report.created.length, named(report.created)],
    ['changed', report.changed.length, changed(report.changed)],
    ['closed', report.closed.length, changed(report.closed)],
    ['reopened', report.reopened.length, changed(report.reopened)],
    [
      'renumbered',
      report.renumbered.length,
      report.renumbered.map(({ from, to, name }) => `${from} → ${to} ${name}`),
    ],
    ['vanished', report.vanished.length, named(report.vanished)],
    [
      'links',
      links.recorded.length,
      links.recorded.map(({ from, to, type }) => `${from} → ${to} ${words(`register.links.${type}`)}`),
    ],
    [
      'bad',
      file.badRows,
      file.bad.map(({ line, reason }) => say('line', { line, reason: words(`register.reasons.${reason}`) })),
    ],
  ]
  return parts
    .filter(([, count]) => count > 0)
    .map(([key, n, lines]) => ({ title: say(key, { n }), lines: lines.slice(0, SHOWN), isMore: n > SHOWN }))
}

function conflictLines({ conflicts }: ImportReport, words: PageExchange['words']): string[] {
  return conflicts.map(({ code, name, field, kept, file }) =>
    words('register.report.conflict', {
      code,
      name,
      field: words(`register.fields.${field}`),
      kept: inWords(kept),
      file: inWords(file),
    }),
  )
}

/** How many there are of each kind. */
function countsOf({ file, created, changed, closed, reopened, renumbered, conflicts }: ImportReport): object {
  return {
    rows: file.read,
    taken: file.taken,
    created: created.length,
    changed: changed.length,
    closed: closed.length,
    reopened: reopened.length,
    renumbered: renumbered.length,
    conflicts: conflicts.length,
  }
}

/** A file that is none of these lists is said above the form in which one is chosen. */
function uploadAgain(refusal: Refusal, { language }: PageExchange): Shown | null {
  if (!['unacceptable', 'too-large', 'malformed', 'gone'].includes(refusal.kind)) return null
  const { title, detail } = problemOf(refusal, language)
  const errors = [{ href: '#file', text: `${title}. ${detail}` }]
  return { view: 'dba/views/import.njk', status: refusal.status, data: { most: UPLOAD_MOST_MIB, errors } }
}

const toCheck = ({ id }: { id: string }): Shown => ({ to: `${PATH}/${id}` })

/** A list of schools taken into the register: chosen, compared, and then imported. */
export const importPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: PATH,
    action: offerImport,
    show: () => ({ view: 'dba/views/import.njk', data: { most: UPLOAD_MOST_MIB } }),
  }),
  page({
    method: 'POST',
    path: PATH,
    action: uploadList,
    file: true,
    show: toCheck,
    refused: uploadAgain,
  }),
  page({
    method: 'GET',
    path: `${PATH}/{id}`,
    action: checkImport,
    show: ({ id, report, hasLinks }, exchange) => ({
      view: 'dba/views/import-check.njk',
      data: {
        id,
        hasLinks,
        counts: countsOf(report),
        parts: partsOf(report, exchange),
        format: exchange.words(`register.report.${report.file.format}`),
        most: UPLOAD_MOST_MIB,
      },
    }),
    refused: uploadAgain,
  }),
  page({
    method: 'POST',
    path: `${PATH}/{id}/links`,
    action: uploadLinks,
    file: true,
    show: toCheck,
    refused: uploadAgain,
  }),
  page({
    method: 'POST',
    path: `${PATH}/{id}`,
    action: importList,
    async show(report, { world, request }) {
      await removeUpload(world, (request.params as { id: string }).id)
      const { created, changed, closed, reopened, renumbered } = report
      const count = [created, changed, closed, reopened, renumbered].reduce((sum, one) => sum + one.length, 0)
      return { to: '/dba/register', notice: { key: 'pages.dba.import.done', params: { count } } }
    },
    refused: uploadAgain,
  }),
]
