import assert from 'node:assert/strict'
import { sql } from '../src/kit/database.ts'
import type { Role } from '../src/permissions/table.ts'
import { CARDIFF_HIGH, ctf, type Api } from './api.ts'
import type { TwoSchools } from './two-schools.ts'
import { newPerson, visitorOf, type Visitor } from './visitor.ts'

async function awaiting(schools: TwoSchools): Promise<string> {
  return (await schools.send()).id
}

async function fetched(schools: TwoSchools): Promise<string> {
  const id = await awaiting(schools)
  await of(schools.newport, id, 'content')
  await changeFile(schools, id, 'fetched_at = fetch_started_at')
  return id
}

async function downloaded(schools: TwoSchools): Promise<string> {
  const id = await fetched(schools)
  assert.equal((await of(schools.newport, id, 'confirm')).status, 200)
  return id
}

async function downloadedLongAgo(schools: TwoSchools): Promise<string> {
  const id = await downloaded(schools)
  await changeFile(schools, id, `confirmed_at = confirmed_at - interval '91 days'`)
  return id
}

async function rejected(schools: TwoSchools): Promise<string> {
  const id = await awaiting(schools)
  assert.equal((await of(schools.newport, id, 'reject', { reason: 'Not on our roll.' })).status, 200)
  return id
}

async function rejectedLongAgo(schools: TwoSchools): Promise<string> {
  const id = await rejected(schools)
  await changeFile(schools, id, `changed_at = changed_at - interval '32 days'`)
  return id
}

async function readdressed(schools: TwoSchools): Promise<string> {
  const id = await rejected(schools)
  assert.equal((await of(schools.cardiff, id, 'readdress', { to: '6804025' })).status, 201)
  return id
}

async function removed(schools: TwoSchools): Promise<string> {
  const id = await awaiting(schools)
  assert.equal((await schools.cardiff.call('DELETE', `/api/v1/files/${id}`)).status, 200)
  return id
}

let deposits = 0

async function deposited({ cardiff }: TwoSchools): Promise<string> {
  deposits += 1
  const { name, bytes } = ctf(CARDIFF_HIGH, 'XXXXXXX', { pupils: 1, serial: deposits })
  return String((await cardiff.upload(name, bytes)).json.id)
}

/** Sends a file from Cardiff High School to The John Frost School and brings it into a state; gives its id. */
export const FILE_STATES = {
  awaiting,
  fetched,
  downloaded,
  downloadedLongAgo,
  rejected,
  rejectedLongAgo,
  readdressed,
  removed,
  deposited,
}

/** Does something with a file by the API: gets its content, or posts a change. */
export function of(api: Api, id: string, what: string, json?: object): ReturnType<Api['call']> {
  const path = `/api/v1/files/${id}/${what}`
  return api.call(what === 'content' ? 'GET' : 'POST', path, json ? { json } : {})
}

/** Sets columns of a file's row, past every rule. */
export async function changeFile({ server }: TwoSchools, id: string, to: string): Promise<void> {
  await sql`update transfers.file set ${sql.raw(to)} where id = ${id}`.execute(server.world.db)
}

/** Signs people in, one for each organisation and role: of some roles an LA has one person only. */
export function visitorsOf({
  server,
}: TwoSchools): (organisation: string, role: Role | null) => Promise<Visitor> {
  const visitors = new Map<string, Promise<Visitor>>()
  return (organisation, role) => {
    const key = `${organisation} ${role}`
    const person = { organisation, role, approver: role === null }
    const one = visitors.get(key) ?? newPerson(server, person).then((made) => visitorOf(server, made))
    visitors.set(key, one)
    return one
  }
}
