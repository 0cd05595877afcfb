import { csvLine, CSV_START } from '../kit/csv.ts'
import type { Words } from '../kit/i18n.ts'
import type { IssuedCode } from './issue-codes.ts'

const HEADS = ['organisation', 'name', 'nameCy', 'address', 'postcode', 'language', 'code', 'until'] as const

/** Codes that were issued, as a CSV file for whoever writes the letters; the last day is UTC's. */
export function codesCsv(issued: readonly IssuedCode[], words: Words): string {
  const lines = issued.map(({ organisation: one, code, expiresAt }) =>
    csvLine([
      one.code,
      one.nameEn,
      one.nameCy ?? '',
      one.address.join(', '),
      one.postcode ?? '',
      one.language,
      code,
      expiresAt.toISOString().slice(0, 10),
    ]),
  )
  return `${CSV_START}${csvLine(HEADS.map((head) => words(`pages.approvers.csv.${head}`)))}${lines.join('')}`
}
