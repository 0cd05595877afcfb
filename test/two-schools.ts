import assert from 'node:assert/strict'
import { sql } from '../src/kit/database.ts'
import { setOrganisation } from '../src/establishments/index.ts'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST, type Api } from './api.ts'
import { openTestServer, type TestServer } from './server.ts'
import type { DatabaseName } from './world.ts'

/** A file as it was sent. */
export interface Sent {
  id: string
  name: string
  bytes: Uint8Array
}

/** Cardiff High School and The John Frost School on a running service, with addresses for them and their authorities. */
export interface TwoSchools {
  server: TestServer
  cardiff: Api
  newport: Api
  /** Sends a new file from Cardiff to Newport. */
  send(): Promise<Sent>
  /** A new file from Cardiff to Newport, not yet sent. */
  newFile(options?: { pupils?: number }): { name: string; bytes: Uint8Array }
  /** The mails queued about a file: wording and address, sorted. */
  mailAbout(id: string): Promise<string[]>
  /** The audit rows of a thing, oldest first: action, outcome and reason. */
  auditOf(subject: string): Promise<string[]>
  close(): Promise<void>
}

const ADDRESSES = {
  [CARDIFF_HIGH]: 'office@cardiff-high.example.org',
  [JOHN_FROST]: 'office@john-frost.example.org',
  '680LLLL': 'transfers@newport.example.org',
  '681LLLL': 'transfers@cardiff.example.org',
}

/** Opens the service with both schools. */
export async function openTwoSchools(name: DatabaseName): Promise<TwoSchools> {
  const server = await openTestServer(name)
  const cardiff = apiOf(server, await server.client(CARDIFF_HIGH, 'school-user'))
  const newport = apiOf(server, await server.client(JOHN_FROST, 'school-user'))
  for (const [code, email] of Object.entries(ADDRESSES)) await setOrganisation(server.world, code, { email })
  const { db } = server.world
  let serial = 0
  const newFile = (options = {}): { name: string; bytes: Uint8Array } => {
    serial += 1
    return ctf(CARDIFF_HIGH, JOHN_FROST, { serial, seed: serial, ...options })
  }
  return {
    server,
    cardiff,
    newport,
    newFile,
    async send() {
      const file = newFile()
      const { status, json } = await cardiff.upload(file.name, file.bytes)
      assert.equal(status, 201, JSON.stringify(json))
      return { ...file, id: json.id }
    },
    async mailAbout(id) {
      const { rows } = await sql<{ mail: string }>`
        select template || ' ' || to_address as mail from kit.mail where about = ${id} order by mail`.execute(
        db,
      )
      return rows.map(({ mail }) => mail)
    },
    async auditOf(subject) {
      const { rows } = await sql<{ line: string }>`
        select action || ' ' || outcome || coalesce(' ' || reason, '') as line from kit.audit
        where subject = ${subject} order by at, line`.execute(db)
      return rows.map(({ line }) => line)
    },
    close: () => server.close(),
  }
}
