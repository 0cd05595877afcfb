import { z } from 'zod'
import { FILE_KINDS } from '../ctf/file-name.ts'
import { Refusal } from '../kit/refusal.ts'
import { action } from '../permissions/action.ts'
import type { Place } from './list-rules.ts'
import { listFiles } from './lists-store.ts'
import { FILE_STATUSES } from './rules.ts'
import type { FileRow } from './store.ts'

const PAGE = 100

/** Lists what awaits the own organisation or what it sent, newest first, 100 a page. */
export const listFilesAction = action({
  name: 'transfers.list',
  permission: (input) => (input.box === 'inbox' ? 'collect-ctf' : 'see-sent-files'),
  input: z.strictObject({
    box: z.enum(['inbox', 'sent']).default('inbox'),
    status: z.enum(FILE_STATUSES).optional(),
    kind: z.enum(FILE_KINDS).optional(),
    since: z.iso
      .datetime({ offset: true })
      .optional()
      .describe(
        'Only files changed at or after this moment; take a little overlap, what you know already may come again',
      ),
    after: z.string().max(200).optional().describe('The `next` of the page before'),
  }),
  audited: 'refusals',
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (organisation) => [organisation],
  async run({ tx, input, subject }) {
    const { box, status, kind, since, after } = input
    const changedSince = since === undefined ? undefined : new Date(since)
    const rows = await listFiles(
      tx,
      { box, organisation: subject, status, kind, changedSince },
      {
        sort: 'sent',
        descending: true,
        after: after === undefined ? null : readCursor(after),
        limit: PAGE + 1,
      },
    )
    const items = rows.slice(0, PAGE)
    return { items, next: rows.length > PAGE ? writeCursor(items[PAGE - 1]!) : null }
  },
  auditSubject: () => null,
})

function writeCursor(row: FileRow): string {
  return Buffer.from(`${row.uploadedAt.getTime()} ${row.id}`).toString('base64url')
}

function readCursor(cursor: string): Place {
  const found = /^(\d{1,15}) ([\w-]{1,64})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))
  if (!found) throw new Refusal('malformed', 'input', { params: { field: 'after' } })
  return { key: '', uploadedAt: new Date(Number(found[1])), id: found[2]! }
}
