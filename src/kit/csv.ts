/** Says that the file is UTF-8: without it a spreadsheet may read letters with accents wrongly. */
export const CSV_START = '\uFEFF'

/**
 * A line of a CSV file (RFC 4180) with its end. What a spreadsheet would take for a formula is made text by an
 * apostrophe (OWASP, CSV injection).
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: string | number): string {
  const isFormula = typeof value === 'string' && /^[=+\-@\t\r\n]/.test(value)
  const text = isFormula ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
