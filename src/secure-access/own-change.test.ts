import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newApp } from '../../test/second-factors.ts'
import { openBrowser, type Seen } from '../../test/secure-access-browser.ts'
import {
  auditOf,
  fillIn,
  isSignedIn,
  mailsOf,
  newInvited,
  newPerson,
  PASSWORD,
  forEachSecureAccess,
  signedIn,
  type RelyingParty,
} from '../../test/secure-access-people.ts'
import type { TestSecureAccess } from '../../test/secure-access.ts'
import type { TestDatabase } from '../../test/world.ts'
import { newToken } from '../kit/ids.ts'
import { insertResetLink } from './people-store.ts'

const MINUTE = 60_000
const NEXT = 'lantern otter violin'

forEachSecureAccess(6 * MINUTE, (whenOpen) => {
  let database: TestDatabase
  let room: TestSecureAccess
  let party: RelyingParty
  whenOpen((opened) => void ({ database, room, party } = opened))

  /** Fills in the page as somebody who is signed in nowhere, since it asks for the password. */
  async function change(fields: {
    username: string
    current: string
    password: string
    again?: string
  }): Promise<Seen> {
    const browser = openBrowser(room.origin)
    const page = await browser.get(`${room.issuer}/change-password`)
    return fillIn(browser, page, { again: fields.password, ...fields })
  }

  test('the new password holds, every sign-in ends, and the person is told by mail', async () => {
    const person = await newPerson(room)
    const { username } = person
    const { browser } = await signedIn(room, party, person)
    const done = await change({ username, current: PASSWORD, password: NEXT })
    assert.equal(done.status, 200)
    assert.match(done.text, /Your password is set/)
    assert.equal(await isSignedIn(party, browser), false)
    assert.equal((await signedIn(room, party, { ...person, password: NEXT })).back.status, 303)
    assert.equal((await signedIn(room, party, person)).back.status, 422)
    const mails = await mailsOf(database.db, person.id)
    assert.deepEqual(
      mails.map(({ template }) => template),
      ['password-changed', 'new-browser'],
    )
    assert.ok((await auditOf(database.db, person.id)).includes('secure-access.change-password done'))
  })

  test('where a second factor is set up, who merely knows the password changes nothing; a browser that showed it does', async () => {
    const person = await newPerson(room)
    const { username } = person
    const { browser } = await signedIn(room, party, person)
    await newApp(room.world, person.id)
    const refused = await change({ username, current: PASSWORD, password: NEXT })
    assert.equal(refused.status, 403)
    assert.match(refused.text, /has not shown your second step yet/)
    assert.equal(await isSignedIn(party, browser), true)
    assert.ok(
      (await auditOf(database.db, person.id)).includes(
        'secure-access.change-password refused no second factor',
      ),
    )
    const page = await browser.get(`${room.issuer}/change-password`)
    const done = await fillIn(browser, page, { username, current: PASSWORD, password: NEXT, again: NEXT })
    assert.match(done.text, /Your password is set/)
  })

  test('a link for a forgotten password that was sent before ends with the change', async () => {
    const person = await newPerson(room)
    const token = newToken()
    const expiresAt = new Date(room.clock.now().getTime() + 60 * MINUTE)
    await database.db
      .transaction()
      .execute((tx) => insertResetLink(tx, { token, person: person.id, sentTo: person.email, expiresAt }))
    const link = `${room.issuer}/reset/${token}`
    assert.equal((await openBrowser(room.origin).get(link)).status, 200)
    await change({ username: person.username, current: PASSWORD, password: NEXT })
    assert.equal((await openBrowser(room.origin).get(link)).status, 410)
  })

  test('who does not know the present password is told nothing, and may guess ten times', async () => {
    const person = await newPerson(room)
    const invited = await newInvited(room)
    const wrong = { current: 'wrong', password: NEXT }
    const answers = await Promise.all(
      [person.username, person.username.toLowerCase(), invited.username, 'nobody'].map(async (username) => {
        const { status, text } = await change({ username, ...wrong })
        return { status, text: text.replaceAll(username, '') }
      }),
    )
    for (const answer of answers) assert.deepEqual(answer, answers[0])
    assert.equal(answers[0]!.status, 422)
    for (let guess = 2; guess < 10; guess += 1) await change({ username: person.username, ...wrong })
    const late = await change({ username: person.username, current: PASSWORD, password: NEXT })
    assert.equal(late.status, 429)
    assert.equal((await signedIn(room, party, person)).back.status, 429)
  })

  const POOR: [title: string, password: string, again: string | undefined, says: RegExp][] = [
    ['too short', 'short', undefined, /at least 12/i],
    ['the present one', PASSWORD, undefined, /the same|before/i],
    ['typed otherwise the second time', NEXT, 'lantern otter', /not the same/i],
    ['none', '', undefined, /password/i],
  ]
  for (const [title, password, again, says] of POOR) {
    test(`a new password that is ${title} is refused, and the present one stays`, async () => {
      const person = await newPerson(room)
      const { username } = person
      const answer = await change({
        username,
        current: PASSWORD,
        password,
        ...(again === undefined ? {} : { again }),
      })
      assert.ok(answer.status === 400 || answer.status === 422, `${answer.status}`)
      assert.match(answer.text, says)
      assert.equal((await signedIn(room, party, person)).back.status, 303)
    })
  }

  test('of two changes at the same moment one goes through', async () => {
    const { username } = await newPerson(room)
    const all = await Promise.all(
      [NEXT, `${NEXT} two`].map((password) => change({ username, current: PASSWORD, password })),
    )
    assert.equal(all.filter(({ text }) => text.includes('Your password is set')).length, 1)
  })
})
