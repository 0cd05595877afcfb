/** A table of Markdown, its columns aligned; the first row is the head. A bar within a cell is escaped. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = (escaped[0] ?? []).map((_, column) =>
    Math.max(3, ...escaped.map((row) => widthOf(row[column] ?? ''))),
  )
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell + ' '.repeat(widths[column]! - widthOf(cell))).join(' | ')} |`
  const [head = [], ...body] = escaped
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}

const widthOf = (text: string): number => Array.from(text).length

/** The place of a heading in a page, as GitHub makes it. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

/** A code as Markdown shows it, whatever characters it has. */
export function codeSpan(code: string): string {
  return code.includes('`') ? `\`\` ${code} \`\`` : `\`${code}\``
}

/** A text whose tables are aligned, as those that are written by hand seldom are. */
export function alignTables(text: string): string {
  return text.replaceAll(/^\|.*(?:\n\|.*)*/gm, (table) => {
    const rows = table
      .split('\n')
      .filter((_, index) => index !== 1)
      .map((line) =>
        line
          .slice(1, -1)
          .split(/(?<!\\)\|/)
          .map((cell) => cell.trim().replaceAll('\\|', '|')),
      )
    return markdownTable(rows)
  })
}
