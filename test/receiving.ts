import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from '../src/kit/database.ts'
import type { Language } from '../src/kit/i18n.ts'
import { CARDIFF_HIGH, JOHN_FROST } from './api.ts'
import { openTwoSchools, type Sent, type TwoSchools } from './two-schools.ts'
import { newPerson, visitorOf, type Visitor } from './visitor.ts'
import type { DatabaseName } from './world.ts'

/** The two schools with people before their browsers: two who collect at The John Frost School, one who sent. */
export interface Receiving extends TwoSchools {
  secretary: Visitor
  welsh: Visitor
  sender: Visitor
  /** Sends new files from Cardiff to Newport. */
  sendMany(count: number): Promise<Sent[]>
  /** Sends files and lets the secretary download them. */
  downloadMany(count: number): Promise<Sent[]>
  /** Status of each file, with `fetched` and `not-received` where that is noted. */
  statesOf(files: readonly Sent[]): Promise<string[]>
  /** Waits for these: what is noted once the last byte went out may be known a little later. */
  untilStates(files: readonly Sent[], expected: readonly string[]): Promise<void>
}

/** The ids of files. */
export function ids(files: readonly Sent[]): string[] {
  return files.map(({ id }) => id)
}

/** Opens the service with both schools and their people. */
export async function openReceiving(name: DatabaseName): Promise<Receiving> {
  const schools = await openTwoSchools(name)
  const visitor = async (organisation: string, language: Language = 'en'): Promise<Visitor> =>
    visitorOf(
      schools.server,
      await newPerson(schools.server, { organisation, role: 'school-user', language }),
    )
  const secretary = await visitor(JOHN_FROST)

  async function statesOf(files: readonly Sent[]): Promise<string[]> {
    const { rows } = await sql<{ id: string; state: string }>`
      select id, status || case when fetched_at is null then '' else ' fetched' end
        || case when not_received_at is null then '' else ' not-received' end as state
      from transfers.file where id = any(${ids(files)}::text[])`.execute(schools.server.world.db)
    return files.map(({ id }) => rows.find((row) => row.id === id)!.state)
  }

  async function untilStates(files: readonly Sent[], expected: readonly string[]): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      if (String(await statesOf(files)) === String(expected)) return
      await wait(20)
    }
    assert.deepEqual(await statesOf(files), expected)
  }

  async function sendMany(count: number): Promise<Sent[]> {
    const files: Sent[] = []
    while (files.length < count) files.push(await schools.send())
    return files
  }

  return {
    ...schools,
    secretary,
    welsh: await visitor(JOHN_FROST, 'cy'),
    sender: await visitor(CARDIFF_HIGH),
    sendMany,
    async downloadMany(count) {
      const files = await sendMany(count)
      assert.equal((await secretary.post('/download', { do: 'download', id: ids(files) })).status, 200)
      await untilStates(files, Array<string>(count).fill('awaiting fetched'))
      return files
    },
    statesOf,
    untilStates,
  }
}
