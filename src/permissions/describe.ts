import { PERMISSIONS, reachOf, ROLES, type Permission, type Reach, type Role } from './table.ts'

/** How docs/permissions.md says a reach. */
const WORDS: Record<Reach, { cell: string; meaning: string }> = {
  'own-organisation': {
    cell: 'own',
    meaning: 'matters of its own organisation; a file is its sender’s and its receiver’s',
  },
  'own-authority': {
    cell: 'LA',
    meaning: 'matters of every establishment with its LA number, and of the LA itself',
  },
  'own-nation': { cell: 'nation', meaning: 'matters of every organisation of its nation, Wales or England' },
  anywhere: { cell: 'all', meaning: 'matters of any organisation' },
}

const NEVER = '·'

/** The text of docs/permissions.md: who may do what, and how far, as the table says. */
export function permissionsPage(): string {
  const cell = (permission: Permission, role: Role): string => {
    const reach = reachOf(role, permission)
    return reach ? WORDS[reach].cell : NEVER
  }
  const rows = PERMISSIONS.map((permission) =>
    [`\`${permission}\``].concat(ROLES.map((role) => cell(permission, role))),
  )
  const legend = Object.values(WORDS).map(({ cell, meaning }) => `- ${cell}: ${meaning}`)
  return [
    '# Who may do what',
    'Made from `src/permissions/table.ts` by `npm run docs`; a test keeps it current.',
    markdownTable([['may', ...ROLES], ...rows]),
    [...legend, `- ${NEVER}: never`].join('\n'),
    'A person with several roles may do what any of them may. A machine client has one role.\n',
  ].join('\n\n')
}

function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}
