import assert from 'node:assert/strict'
import { test } from 'node:test'
import argon2 from '@node-rs/argon2'
import {
  auditOf,
  forEachSecureAccess,
  isSignedIn,
  newPerson,
  signedIn,
  type RelyingParty,
} from '../../test/secure-access-people.ts'
import type { TestSecureAccess } from '../../test/secure-access.ts'
import type { TestDatabase } from '../../test/world.ts'
import { sql } from '../kit/database.ts'
import { findCredential } from './people-store.ts'

forEachSecureAccess(360_000, (whenOpen) => {
  let database: TestDatabase
  let room: TestSecureAccess
  let party: RelyingParty
  whenOpen((opened) => void ({ database, room, party } = opened))

  const wrong = { password: 'not the password' }

  test('a hash that costs too little by now is made anew with the right password, which goes on holding', async () => {
    const person = await newPerson(room)
    const weak = await argon2.hash(person.password, { memoryCost: 8192, timeCost: 1, parallelism: 1 })
    await sql`update secure_access.credential set password_hash = ${weak} where person = ${person.id}`.execute(
      database.db,
    )
    const hash = async (): Promise<string> => (await findCredential(database.db, person.id))!.passwordHash
    assert.equal((await signedIn(room, party, { ...person, ...wrong })).back.status, 422)
    assert.equal(await hash(), weak, 'a wrong one changes nothing')
    const { browser, back } = await signedIn(room, party, person)
    assert.equal(back.status, 303)
    assert.match(await hash(), /\$m=32768,t=3,p=1\$/)
    assert.ok(await isSignedIn(party, browser), 'the sign-in holds by the new hash')
    assert.equal((await signedIn(room, party, person)).back.status, 303)
  })

  test('who may act nowhere is told so, after the right password only', async () => {
    const person = await newPerson(room)
    const inactive = sql`update establishments.organisation set inactive_since = now() where code = '6804020'`
    await inactive.execute(database.db)
    try {
      assert.equal((await signedIn(room, party, { ...person, ...wrong })).back.status, 422)
      const { back } = await signedIn(room, party, person)
      assert.equal(back.status, 403)
      assert.match(back.text, /You have no access at present\. The password is right/)
      assert.deepEqual((await auditOf(database.db, person.id)).slice(-1), [
        'secure-access.sign-in refused nowhere by unknown',
      ])
    } finally {
      await sql`update establishments.organisation set inactive_since = null where code = '6804020'`.execute(
        database.db,
      )
    }
  })
})
