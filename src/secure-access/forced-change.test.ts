import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser, type Browser, type Seen } from '../../test/secure-access-browser.ts'
import {
  auditOf,
  fillIn,
  isSignedIn,
  mailsOf,
  newPerson,
  PASSWORD,
  forEachSecureAccess,
  signedIn,
  type RelyingParty,
  type TestPerson,
} from '../../test/secure-access-people.ts'
import type { TestSecureAccess } from '../../test/secure-access.ts'
import type { TestDatabase } from '../../test/world.ts'
import { archivePerson } from '../accounts/index.ts'
import { setPassword } from './index.ts'

const MINUTE = 60_000
const NEW = { password: 'lantern otter violin', again: 'lantern otter violin' }

forEachSecureAccess(6 * MINUTE, (whenOpen) => {
  let database: TestDatabase
  let room: TestSecureAccess
  let party: RelyingParty
  whenOpen((opened) => void ({ database, room, party } = opened))

  async function atChange(): Promise<{ person: TestPerson; browser: Browser; page: Seen }> {
    const person = await newPerson(room, { mustChange: true })
    const { browser, back } = await signedIn(room, party, person)
    return { person, browser, page: back }
  }

  test('a one-time password is changed before the sign-in goes on', async () => {
    const { person, browser, page } = await atChange()
    assert.equal(page.status, 200)
    assert.match(page.url, /\/change-password$/)
    assert.match(page.text, /Choose a password of your own/)
    assert.equal(await isSignedIn(party, openBrowser(room.origin)), false)
    const back = await fillIn(browser, page, NEW)
    assert.ok(back.location?.startsWith(`${room.origin}/sign-in/callback?code=`), back.text)
    assert.equal((await party.complete(back)).claims()!.sub, person.id)
    assert.equal((await signedIn(room, party, person)).back.status, 422)
    const again = await signedIn(room, party, { ...person, password: NEW.password })
    assert.equal(again.back.status, 303)
    assert.deepEqual(await auditOf(database.db, person.id), [
      'secure-access.one-time-password done',
      'secure-access.change-password done',
      'secure-access.sign-in done',
      'secure-access.sign-in refused wrong by unknown',
      'secure-access.sign-in done',
    ])
    assert.deepEqual(
      (await mailsOf(database.db, person.id)).map(({ template }) => template),
      ['password-changed', 'new-browser'],
    )
  })

  test('neither the same again nor a poor one will do', async () => {
    const { browser, page } = await atChange()
    const same = await fillIn(browser, page, { password: PASSWORD, again: PASSWORD })
    assert.match(same.text, /href="#password">The new password is the one that you have/)
    const poor = await fillIn(browser, page, { password: 'password2026', again: 'password2026' })
    assert.match(poor.text, /href="#password">The new password is one that many people use/)
    assert.equal((await browser.get(page.url)).status, 200)
  })

  test('going on without a change does not sign in', async () => {
    const { browser, page } = await atChange()
    const uid = page.url.split('/').at(-2)!
    const seen = await browser.follow(await browser.get(`${room.issuer}/auth/${uid}`))
    assert.match(seen.url, /\/secure-access\/sign-in\/[\w-]+$/)
    assert.equal(await isSignedIn(party, browser), false)
  })

  test('it must be done within fifteen minutes, in the same browser', async () => {
    const { browser, page } = await atChange()
    assert.equal((await openBrowser(room.origin).get(page.url)).status, 400)
    room.clock.advance(15 * MINUTE - 1)
    assert.equal((await browser.get(page.url)).status, 200)
    room.clock.advance(1)
    assert.equal((await browser.get(page.url)).status, 400)
    assert.equal((await browser.post(page.url, NEW)).status, 400)
  })

  test('it ends with the person, and when another password is set meanwhile', async () => {
    const archived = await atChange()
    await room.world.db.transaction().execute((tx) => archivePerson(tx, archived.person.id, room.clock.now()))
    assert.equal((await archived.browser.post(archived.page.url, NEW)).status, 400)
    const reset = await atChange()
    await room.world.db
      .transaction()
      .execute((tx) =>
        setPassword(tx, reset.person.id, 'another lantern', { mustChange: true }, room.clock.now()),
      )
    assert.equal((await reset.browser.post(reset.page.url, NEW)).status, 400)
  })

  test('of two at the same moment one goes through', async () => {
    const { person, browser, page } = await atChange()
    const words = ['copper otter violin', 'silver otter violin']
    const all = await Promise.all(words.map((one) => fillIn(browser, page, { password: one, again: one })))
    assert.deepEqual(all.map(({ status }) => status).sort(), [303, 400])
    const won = words[all.findIndex(({ status }) => status === 303)]!
    assert.equal((await signedIn(room, party, { ...person, password: won })).back.status, 303)
    const mails = await mailsOf(database.db, person.id)
    assert.equal(mails.filter(({ template }) => template === 'password-changed').length, 1)
  })
})
