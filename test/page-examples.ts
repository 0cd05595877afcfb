import type { AnyPage } from '../src/permissions/page.ts'
import type { Permission } from '../src/permissions/table.ts'
import { CARDIFF_HIGH, JOHN_FROST } from './api.ts'
import {
  EXAMPLES,
  newFile,
  sendFetched,
  sendFile,
  sendRejected,
  type Example,
  type Prepared,
  type Stage,
} from './examples.ts'
import { ACCOUNTS_EXAMPLES } from './page-examples-accounts.ts'
import { APPROVERS_EXAMPLES } from './page-examples-approvers.ts'
import { DBA_EXAMPLES } from './page-examples-dba.ts'
import { ESTABLISHMENTS_EXAMPLES } from './page-examples-establishments.ts'
import { PEOPLE_EXAMPLES } from './page-examples-people.ts'
import { REQUESTS_EXAMPLES } from './page-examples-requests.ts'
import { SECURE_ACCESS_EXAMPLES } from './page-examples-secure-access.ts'
import { SESSIONS_EXAMPLES } from './page-examples-sessions.ts'
import { SYSTEMS_EXAMPLES } from './page-examples-systems.ts'
import { USER_AUDITS_EXAMPLES } from './page-examples-user-audits.ts'

/** What everybody may whom the row allows it, since it is of the own organisation or of nobody's. */
const own = (title: string, row: Permission, input: Record<string, string> = {}): Example => ({
  title,
  rows: { [row]: [] },
  foreign: null,
  by: 'cardiff',
  status: 200,
  prepare: () => ({ input, subject: null }),
})

const onFile = (
  title: string,
  by: Example['by'],
  rows: Example['rows'],
  send: (stage: Stage) => Promise<string>,
  input: Record<string, string> = {},
): Example => ({
  title,
  rows,
  foreign: 404,
  by,
  status: 200,
  async prepare(stage) {
    const id = await send(stage)
    return { input: { id, ...input }, subject: id }
  },
})

/** At least one call of every action that a page stands on, beside those that have an address of the API too. */
export const PAGE_EXAMPLES: Record<string, readonly Example[]> = {
  ...EXAMPLES,
  ...ACCOUNTS_EXAMPLES,
  ...APPROVERS_EXAMPLES,
  ...DBA_EXAMPLES,
  ...ESTABLISHMENTS_EXAMPLES,
  ...PEOPLE_EXAMPLES,
  ...REQUESTS_EXAMPLES,
  ...SECURE_ACCESS_EXAMPLES,
  ...SESSIONS_EXAMPLES,
  ...SYSTEMS_EXAMPLES,
  ...USER_AUDITS_EXAMPLES,
  'home.show': [own('what awaits us', 'own-account')],
  'accounts.show-own': [own('own details', 'own-account')],
  'accounts.change-own': [own('change own details', 'own-account', { language: 'cy', mail: 'no' })],
  'transfers.offer-upload': [{ ...own('send', 'send-ctf'), rows: { 'send-ctf': [], 'deposit-in-lpd': [] } }],
  'transfers.check-name': [
    {
      title: 'who a name sends to',
      rows: { 'send-ctf': [CARDIFF_HIGH] },
      foreign: 403,
      by: 'cardiff',
      status: 200,
      prepare: (stage) => ({ input: { name: newFile(stage).name }, subject: null }),
    },
  ],
  'transfers.open-pupil': [
    {
      ...onFile('open a pupil', 'newport', { 'open-ctf': [JOHN_FROST, CARDIFF_HIGH] }, sendFile),
      async prepare(stage) {
        const id = await sendFile(stage)
        return { input: { id, index: '1' }, subject: `${id} pupil 1` }
      },
    },
  ],
  'transfers.look-at-ctf': [
    {
      title: 'look at a file before it is sent',
      rows: { 'send-ctf': [], 'deposit-in-lpd': [] },
      foreign: null,
      by: 'cardiff',
      status: 200,
      prepare(stage) {
        const { name, bytes } = newFile(stage)
        return { input: { name }, bytes, subject: name }
      },
    },
  ],
  'transfers.browse-inbox': [own('files to download', 'collect-ctf')],
  'transfers.browse-sent': [own('files sent', 'see-sent-files')],
  'transfers.choose': [
    onFile('choose a file', 'newport', { 'collect-ctf': [JOHN_FROST] }, sendFile, { do: 'download' }),
    onFile('say that it arrived', 'newport', { 'collect-ctf': [JOHN_FROST] }, sendFetched, { do: 'yes' }),
  ],
  'transfers.offer-readdress': [
    onFile('look for another destination', 'cardiff', { 'send-ctf': [CARDIFF_HIGH] }, sendRejected, {
      q: 'Newport',
    }),
  ],
  'transfers.browse-take-over': [own('files for closed schools', 'collect-ctf')],
  'transfers.choose-take-over': [own('take files over', 'collect-ctf', { id: 'nobody-has-this-id' })],
  'demonstration.practice-files': [own('files to practise with', 'send-ctf')],
}

/** What a browser asks for. */
export interface PageCall {
  method: 'GET' | 'POST'
  path: string
  /** A script of the page asks. */
  script: boolean
  /** The form, with the token of its session. */
  body?: (csrf: string) => Buffer | URLSearchParams | FormData
}

/** A page asked for as its browser would, with what was prepared in path, query, form or file. */
export function visitOf(page: AnyPage, { input, bytes, byForm }: Prepared): PageCall {
  const rest = { ...input }
  const take = (name: string): string => {
    const value = rest[name] ?? ''
    delete rest[name]
    return encodeURIComponent(value)
  }
  const inPath = page.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => take(name))
  const inQuery = page.file ? ['name'] : (page.query ?? [])
  const query = inQuery.filter((name) => name in rest).map((name) => `${name}=${take(name)}`)
  const path = query.length > 0 ? `${inPath}?${query.join('&')}` : inPath
  if (page.method === 'GET') return { method: 'GET', path, script: false }
  if (bytes && byForm) return { method: 'POST', path, script: false, body: (csrf) => formWith(bytes, csrf) }
  if (bytes) return { method: 'POST', path, script: true, body: () => Buffer.from(bytes) }
  return {
    method: 'POST',
    path,
    script: false,
    body: (csrf) => new URLSearchParams({ ...rest, _csrf: csrf }),
  }
}

/** A form with a file, as a browser sends it. */
function formWith(bytes: Uint8Array, csrf: string): FormData {
  const form = new FormData()
  form.set('_csrf', csrf)
  form.set('file', new Blob([Buffer.from(bytes)]), 'file.csv')
  return form
}
