import assert from 'node:assert/strict'
import { test } from 'node:test'
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
import { archivePerson } from '../accounts/index.ts'
import { sql } from '../kit/database.ts'
import { insertSession } from '../sessions/store.ts'
import { purgeExpired } from './index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const NEW = { password: 'lantern otter violin', again: 'lantern otter violin' }

forEachSecureAccess(2 * HOUR, (whenOpen) => {
  let database: TestDatabase
  let room: TestSecureAccess
  let party: RelyingParty
  whenOpen((opened) => void ({ database, room, party } = opened))

  /** Asks for a new password as somebody would, and waits for what goes on after the answer. */
  async function forget(username: string): Promise<Seen> {
    const browser = openBrowser(room.origin)
    const seen = await fillIn(browser, await browser.get('/secure-access/forgotten'), { username })
    await Promise.all(room.following)
    return seen
  }

  async function resetLink(id: string): Promise<string> {
    const mails = await mailsOf(database.db, id)
    return mails.findLast(({ template }) => template === 'reset-password')!.params['link']!
  }

  async function canSignIn(username: string, password: string): Promise<boolean> {
    return (await signedIn(room, party, { username, password })).back.status === 303
  }

  test('a forgotten password is answered alike for everybody, and only who has one is sent a link, in their language', async () => {
    const person = await newPerson(room, { language: 'cy' })
    const invited = await newInvited(room)
    const archived = await newPerson(room)
    await room.world.db.transaction().execute((tx) => archivePerson(tx, archived.id, room.clock.now()))
    const names = [
      person.username,
      person.username.toUpperCase(),
      invited.username,
      archived.username,
      '680nobody',
    ]
    const answers: unknown[] = []
    for (const username of names) {
      const { status, text, headers } = await forget(username)
      answers.push({ status, text, headers: [...headers].filter(([name]) => name !== 'date') })
    }
    for (const answer of answers) assert.deepEqual(answer, answers[0])
    assert.match(JSON.stringify(answers[0]), /within 60 minutes/)
    const counts = await Promise.all(
      [person, invited, archived].map(async ({ id }) => (await mailsOf(database.db, id)).length),
    )
    assert.deepEqual(counts, [1, 0, 0])
    const [mail] = await mailsOf(database.db, person.id)
    assert.deepEqual([mail!.template, mail!.language], ['reset-password', 'cy'])
    assert.ok(!JSON.stringify(mail).includes(person.username))
    assert.deepEqual(await auditOf(database.db, person.id), [
      'secure-access.forgotten-password done by unknown',
    ])
  })

  test('nothing is looked up before the answer', async () => {
    const { username } = await newPerson(room)
    const before = room.following.length
    const browser = openBrowser(room.origin)
    await sql`alter table accounts.person rename to away`.execute(database.db)
    try {
      const page = await browser.get('/secure-access/forgotten')
      const seen = await fillIn(browser, page, { username })
      assert.equal(seen.status, 200)
      await assert.rejects(room.following[before]!)
    } finally {
      await sql`alter table accounts.away rename to person`.execute(database.db)
      void room.following.splice(before)
    }
  })

  test('the link for a new password works once, ends every session of the person, and tells it by mail', async () => {
    const person = await newPerson(room)
    const { browser: elsewhere } = await signedIn(room, party, person)
    assert.ok(await isSignedIn(party, elsewhere))
    await insertServiceSession(person.id)
    await forget(person.username)
    const link = await resetLink(person.id)
    assert.ok(link.startsWith(`${room.origin}/secure-access/reset/`))
    const browser = openBrowser(room.origin)
    const page = await browser.get(link)
    const same = await fillIn(browser, page, { password: PASSWORD, again: PASSWORD })
    assert.match(same.text, /is the one that you have/)
    assert.ok(await isSignedIn(party, elsewhere), 'nothing has changed yet')
    const all = await Promise.all([fillIn(browser, page, NEW), fillIn(browser, page, NEW)])
    assert.deepEqual(all.map(({ status }) => status).sort(), [200, 410])
    assert.equal(await isSignedIn(party, elsewhere), false)
    assert.equal(await serviceSessions(person.id), 0)
    assert.equal(await canSignIn(person.username, PASSWORD), false)
    assert.ok(await canSignIn(person.username, NEW.password))
    const mails = await mailsOf(database.db, person.id)
    assert.deepEqual(
      mails.map(({ template }) => template),
      ['reset-password', 'password-changed', 'new-browser'],
    )
    assert.ok((await auditOf(database.db, person.id)).includes('secure-access.reset done'))
  })

  test('the link for a new password is good for an hour, and ends when another is used', async () => {
    const { id, username } = await newPerson(room)
    await forget(username)
    const first = await resetLink(id)
    room.clock.advance(30 * MINUTE)
    await forget(username)
    const second = await resetLink(id)
    const browser = openBrowser(room.origin)
    assert.equal((await browser.get(first)).status, 200)
    room.clock.advance(30 * MINUTE)
    assert.equal((await browser.get(first)).status, 410)
    const gone = await browser.post(first, NEW)
    assert.equal(gone.status, 410)
    assert.match(gone.text, /href="\/secure-access\/forgotten"/)
    await forget(username)
    const third = await resetLink(id)
    assert.equal((await fillIn(browser, await browser.get(second), NEW)).status, 200)
    assert.equal((await browser.get(third)).status, 410)
  })

  test('three links an hour are sent to a person, also when they are asked for side by side', async () => {
    const { id, username } = await newPerson(room)
    await Promise.all(Array.from({ length: 8 }, () => forget(username)))
    assert.equal((await mailsOf(database.db, id)).length, 3)
    assert.equal(
      (await auditOf(database.db, id)).filter((row) => row.includes('refused throttled')).length,
      5,
    )
    room.clock.advance(HOUR)
    await forget(username)
    assert.equal((await mailsOf(database.db, id)).length, 4)
  })

  test('a new password forgets the wrong guesses', async () => {
    const { id, username } = await newPerson(room)
    for (let guess = 0; guess < 10; guess++) await signedIn(room, party, { username, password: 'wrong' })
    assert.equal(await canSignIn(username, PASSWORD), false)
    await forget(username)
    const browser = openBrowser(room.origin)
    await fillIn(browser, await browser.get(await resetLink(id)), NEW)
    assert.ok(await canSignIn(username, NEW.password))
  })

  test('who gives no username is asked again', async () => {
    const seen = await forget(' ')
    assert.equal(seen.status, 400)
    assert.match(seen.text, /href="#username">The username is missing/)
  })

  test('tokens are kept as hashes; tries are forgotten after an hour, links a day after their end', async () => {
    const { id, username } = await newPerson(room)
    await signedIn(room, party, { username, password: 'wrong' })
    await forget(username)
    const token = (await resetLink(id)).split('/').at(-1)!
    const { rows } = await sql<{ text: string }>`
      select string_agg(l::text || encode(token_hash, 'escape'), '') as text from secure_access.reset_link l`.execute(
      database.db,
    )
    assert.ok(!rows[0]!.text.includes(token))
    const left = async (): Promise<number[]> => {
      await purgeExpired(database.db, room.clock.now())
      const counted = await sql<{ tries: number; links: number }>`
        select (select count(*) from secure_access.failure) as tries,
               (select count(*) from secure_access.reset_link where person = ${id}) as links`.execute(
        database.db,
      )
      return [counted.rows[0]!.tries, counted.rows[0]!.links]
    }
    room.clock.advance(HOUR - 1)
    const [tries, links] = await left()
    assert.ok(tries! > 0)
    assert.equal(links, 1)
    room.clock.advance(1)
    assert.deepEqual(await left(), [0, 1])
    room.clock.advance(24 * HOUR - 1)
    assert.deepEqual(await left(), [0, 1])
    room.clock.advance(1)
    assert.deepEqual(await left(), [0, 0])
  })

  async function insertServiceSession(person: string): Promise<void> {
    const at = room.clock.now()
    const session = {
      id: `service of ${person}`,
      person,
      organisation: '6804020',
      sid: null,
      idToken: 'x',
      at,
    }
    await room.world.db.transaction().execute((tx) => insertSession(tx, session))
  }

  async function serviceSessions(person: string): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from sessions.session where person = ${person}`.execute(database.db)
    return rows[0]!.count
  }
})
