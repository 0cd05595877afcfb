import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  mailsOf,
  newInvited,
  forEachSecureAccess,
  signedIn,
  type RelyingParty,
} from '../../test/secure-access-people.ts'
import type { TestSecureAccess } from '../../test/secure-access.ts'
import type { TestDatabase } from '../../test/world.ts'
import { setPassword } from './index.ts'

forEachSecureAccess(0, (whenOpen) => {
  let database: TestDatabase
  let room: TestSecureAccess
  let party: RelyingParty
  whenOpen((opened) => void ({ database, room, party } = opened))

  test('a password that is set for somebody lets in, asks for another only when it is a one-time one, and tells nobody', async () => {
    const { id, username } = await newInvited(room)
    const set = (password: string, mustChange: boolean): Promise<void> =>
      room.world.db
        .transaction()
        .execute((tx) => setPassword(tx, id, password, { mustChange }, room.clock.now()))
    await set('once', true)
    assert.match((await signedIn(room, party, { username, password: 'once' })).back.url, /change-password$/)
    await set('kept', false)
    assert.equal((await signedIn(room, party, { username, password: 'kept' })).back.status, 303)
    assert.equal((await signedIn(room, party, { username, password: 'once' })).back.status, 422)
    assert.deepEqual(await mailsOf(database.db, id), [])
  })
})
