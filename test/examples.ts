import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Permission } from '../src/permissions/table.ts'
import type { AnyRoute } from '../src/permissions/route.ts'
import type { World } from '../src/world.ts'
import { CARDIFF_HIGH, ctf, JOHN_FROST, type Api, type CallOptions } from './api.ts'
import { SYSTEM_EXAMPLES } from './system-examples.ts'

/** What examples are prepared with: both schools' clients, a connected system, serial numbers that are free, and what no client can make ready. */
export interface Stage {
  world: World
  cardiff: Api
  newport: Api
  collect: Api
  serial(): number
}

/** A thing made ready, and the input of a call that is about it. */
export interface Prepared {
  input: Record<string, string>
  /** The file's bytes, where the route takes them. */
  bytes?: Uint8Array
  /** A form sends them: its page has no script that does. */
  byForm?: true
  /** As the audit names the thing. */
  subject: string | null
}

/** A call of an action that is answered with success. */
export interface Example {
  title: string
  /** The rows of the permission table any of which is enough, in the action's order, each with whose business it is. */
  rows: Partial<Record<Permission, readonly string[]>>
  /** How the answer to those out of reach reads; null where nothing is: what one asks for is always one's own. */
  foreign: 403 | 404 | null
  /** Which school's user does it, or the connected system. */
  by: 'cardiff' | 'newport' | 'collect'
  status: number
  prepare(stage: Stage): Promise<Prepared> | Prepared
}

/** A new file from Cardiff High, not yet sent. */
export function newFile(stage: Stage, destination = JOHN_FROST): { name: string; bytes: Uint8Array } {
  const serial = stage.serial()
  return ctf(CARDIFF_HIGH, destination, { serial, seed: serial, pupils: /\d/.test(destination) ? 2 : 1 })
}

/** The id of a new file from Cardiff High, sent. */
export async function sendFile(stage: Stage, destination = JOHN_FROST): Promise<string> {
  const { name, bytes } = newFile(stage, destination)
  const { status, json } = await stage.cardiff.upload(name, bytes)
  assert.equal(status, 201, JSON.stringify(json))
  return json.id
}

/** The id of a new file that Newport has fetched. */
export async function sendFetched(stage: Stage): Promise<string> {
  const id = await sendFile(stage)
  assert.equal((await stage.newport.call('GET', `/api/v1/files/${id}/content`)).status, 200)
  // noted once the last byte went out, which its receiver may know first
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await stage.newport.call('GET', `/api/v1/files/${id}`)).json.fetchedAt !== null) return id
    await sleep(20)
  }
  return assert.fail('that a file was fetched was not noted')
}

/** The id of a new file that Newport rejected. */
export async function sendRejected(stage: Stage, destination = JOHN_FROST): Promise<string> {
  const id = await sendFile(stage, destination)
  const json = { reason: 'not on our roll' }
  assert.equal((await stage.newport.call('POST', `/api/v1/files/${id}/reject`, { json })).status, 200)
  return id
}

const SOURCE = [CARDIFF_HIGH]
const DESTINATION = [JOHN_FROST]
const LOST = 'XXXXXXX'

const upload = (to: string, rows: Example['rows']): Example => ({
  title: `upload to ${to}`,
  rows,
  foreign: 403,
  by: 'cardiff',
  status: 201,
  prepare(stage) {
    const { name, bytes } = newFile(stage, to)
    return { input: { name }, bytes, subject: name }
  },
})

const list = (box: 'inbox' | 'sent', row: Permission): Example => ({
  title: `list ${box}`,
  rows: { [row]: [] },
  foreign: null,
  by: box === 'inbox' ? 'newport' : 'cardiff',
  status: 200,
  async prepare(stage) {
    await sendFile(stage)
    return { input: { box }, subject: null }
  },
})

const onFile = (
  title: string,
  by: Example['by'],
  rows: Example['rows'],
  send: (stage: Stage) => Promise<string>,
  { status = 200, input = {} }: { status?: number; input?: Record<string, string> } = {},
): Example => ({
  title,
  rows,
  foreign: 404,
  by,
  status,
  async prepare(stage) {
    const id = await send(stage)
    return { input: { id, ...input }, subject: id }
  },
})

/** At least one call of every action that has an address, one for each row of the permission table it goes by. */
export const EXAMPLES: Record<string, readonly Example[]> = {
  ...SYSTEM_EXAMPLES,
  'establishments.find': [
    {
      title: 'find a school',
      rows: { 'find-a-school': [] },
      foreign: null,
      by: 'cardiff',
      status: 200,
      prepare: () => ({ input: { q: 'John Frost', la: '680' }, subject: null }),
    },
  ],
  'transfers.upload': [
    upload(JOHN_FROST, { 'send-ctf': SOURCE }),
    upload(LOST, { 'deposit-in-lpd': SOURCE }),
  ],
  'transfers.list': [list('inbox', 'collect-ctf'), list('sent', 'see-sent-files')],
  'transfers.show': [
    onFile('show', 'newport', { 'collect-ctf': DESTINATION, 'see-sent-files': SOURCE }, sendFile),
  ],
  'transfers.fetch': [
    onFile('fetch', 'newport', { 'collect-ctf': DESTINATION, 'send-ctf': SOURCE }, sendFile),
  ],
  'transfers.confirm': [onFile('confirm', 'newport', { 'collect-ctf': DESTINATION }, sendFetched)],
  'transfers.reject': [
    onFile('reject', 'newport', { 'collect-ctf': DESTINATION }, sendFile, { input: { reason: 'not ours' } }),
  ],
  'transfers.readdress': [
    onFile('readdress to a school', 'cardiff', { 'send-ctf': SOURCE }, sendRejected, {
      status: 201,
      input: { to: '6804025' },
    }),
    onFile(
      'readdress to the Lost Pupil Database',
      'cardiff',
      { 'deposit-in-lpd': SOURCE },
      sendRejectedOfOne,
      {
        status: 201,
        input: { to: LOST },
      },
    ),
  ],
  'transfers.recall': [
    onFile('recall a file', 'cardiff', { 'recall-own-upload': SOURCE, 'recall-own-deposit': [] }, sendFile),
    onFile(
      'recall a deposit',
      'cardiff',
      { 'recall-own-upload': [], 'recall-own-deposit': SOURCE },
      (stage) => sendFile(stage, LOST),
      { input: { reason: 'the pupil was found' } },
    ),
  ],
}

async function sendRejectedOfOne(stage: Stage): Promise<string> {
  const serial = stage.serial()
  const { name, bytes } = ctf(CARDIFF_HIGH, JOHN_FROST, { serial, seed: serial, pupils: 1 })
  const { json } = await stage.cardiff.upload(name, bytes)
  await stage.newport.call('POST', `/api/v1/files/${json.id}/reject`, { json: { reason: 'no such pupil' } })
  return json.id
}

/** A call that carries `prepared` as its route wants it: in path, query, JSON body or bytes. */
export function callOf(
  route: AnyRoute,
  { input, bytes }: Pick<Prepared, 'input' | 'bytes'>,
): { method: string; path: string; options: CallOptions } {
  const rest = { ...input }
  const take = (name: string): string => {
    const value = rest[name] ?? ''
    delete rest[name]
    return encodeURIComponent(value)
  }
  const inPath = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => take(name))
  const query = (route.query ?? []).filter((name) => name in rest).map((name) => `${name}=${take(name)}`)
  const path = query.length > 0 ? `${inPath}?${query.join('&')}` : inPath
  const type = { 'content-type': 'application/xml' }
  if (bytes) return { method: route.method, path, options: { body: bytes, headers: type } }
  return { method: route.method, path, options: Object.keys(rest).length > 0 ? { json: rest } : {} }
}
