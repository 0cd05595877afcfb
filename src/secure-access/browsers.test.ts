import assert from 'node:assert/strict'
import { test } from 'node:test'
import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import { openBrowser, type Browser, type Seen } from '../../test/secure-access-browser.ts'
import {
  fillIn,
  forEachSecureAccess,
  mailsOf,
  newPerson,
  signedIn,
  type RelyingParty,
  type TestPerson,
} from '../../test/secure-access-people.ts'
import type { TestSecureAccess } from '../../test/secure-access.ts'
import type { TestDatabase } from '../../test/world.ts'
import { readConfig } from '../kit/config.ts'
import { sql } from '../kit/database.ts'
import { listBrowsers, removeBrowser } from './browsers-store.ts'
import { leaveCookie, shownBy } from './browsers.ts'
import type { Parts } from './parts.ts'
import { purgeExpired } from './store.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

forEachSecureAccess(6 * MINUTE, (whenOpen) => {
  let database: TestDatabase
  let room: TestSecureAccess
  let party: RelyingParty
  whenOpen((opened) => void ({ database, room, party } = opened))

  async function tryIn(
    browser: Browser,
    { username, password }: Pick<TestPerson, 'username' | 'password'>,
    headers: Record<string, string> = {},
  ): Promise<Seen> {
    browser.close()
    return fillIn(browser, await party.begin(browser), { username, password }, headers)
  }

  const notices = async (person: string): Promise<Record<string, unknown>[]> =>
    (await mailsOf(database.db, person))
      .filter(({ template }) => template === 'new-browser')
      .map(({ params }) => params)

  test('after 1,000 wrong tries from 50 addresses the person signs in at once from a known browser, and a stranger does not', async () => {
    const person = await newPerson(room)
    const { browser: known } = await signedIn(room, party, person)
    const stranger = openBrowser(room.origin)
    const page = await party.begin(stranger)
    const statuses = new Map<number, number>()
    for (let round = 0; round < 20; round += 1) {
      const tries = Array.from({ length: 50 }, (_, address) =>
        fillIn(
          stranger,
          page,
          { username: person.username, password: `guess ${round} ${address}` },
          { 'x-forwarded-for': `192.0.2.${address + 1}` },
        ),
      )
      for (const { status } of await Promise.all(tries)) statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    assert.deepEqual([...statuses].sort(), [
      [422, 10],
      [429, 990],
    ])
    assert.equal((await tryIn(known, person)).status, 303)
    const elsewhere = await tryIn(openBrowser(room.origin), person, { 'x-forwarded-for': '198.51.100.7' })
    assert.equal(elsewhere.status, 429, 'the sign-in of the person sets nobody else free')
  })

  test('neither do a hundred wrong tries from the own address keep a known browser out', async () => {
    const person = await newPerson(room)
    const { browser: known } = await signedIn(room, party, person)
    const stranger = openBrowser(room.origin)
    const page = await party.begin(stranger)
    for (let name = 0; name < 101; name += 1)
      await fillIn(stranger, page, { username: `pupil${name}`, password: 'not the password' })
    assert.equal((await tryIn(stranger, person)).status, 429)
    assert.equal((await tryIn(known, person)).status, 303)
  })

  test('a known browser may guess ten times in five minutes too, and is known as nobody else’s', async () => {
    const person = await newPerson(room)
    const other = await newPerson(room)
    const { browser: known } = await signedIn(room, party, person)
    const wrong = { username: person.username, password: 'not the password' }
    for (let guess = 0; guess < 10; guess += 1) assert.equal((await tryIn(known, wrong)).status, 422)
    assert.equal((await tryIn(known, person)).status, 429)
    const { browser: otherKnown } = await signedIn(room, party, other)
    for (let guess = 0; guess < 11; guess += 1)
      await tryIn(openBrowser(room.origin), { ...other, password: 'not the password' })
    assert.equal((await tryIn(known, other)).status, 429)
    assert.equal((await tryIn(otherKnown, other)).status, 303)
  })

  test('a sign-in from a browser that was not used before is told by mail, without anything that signs in', async () => {
    const person = await newPerson(room)
    const { browser } = await signedIn(room, party, person)
    assert.deepEqual(await notices(person.id), [], 'the first ever')
    browser.clear()
    await tryIn(browser, person, { 'user-agent': WINDOWS })
    const [notice, ...more] = await notices(person.id)
    assert.deepEqual(more, [])
    assert.deepEqual(notice?.['browser'], { en: 'Firefox on Windows', cy: 'Firefox ar Windows' })
    assert.deepEqual(Object.keys(notice).sort(), ['at', 'browser'])
    await tryIn(browser, person, { 'user-agent': WINDOWS })
    assert.equal((await notices(person.id)).length, 1, 'it is known now')
  })

  test('two people of one browser are both known there', async () => {
    const [one, other] = [await newPerson(room), await newPerson(room)]
    const browser = openBrowser(room.origin)
    for (const person of [one, other, one, other]) assert.equal((await tryIn(browser, person)).status, 303)
    assert.deepEqual([await notices(one.id), await notices(other.id)], [[], []])
  })

  test('a browser that is forgotten, or was not used for a year, is new again', async () => {
    const person = await newPerson(room)
    const { browser } = await signedIn(room, party, person)
    const [known] = await listBrowsers(database.db, person.id, room.clock.now())
    await database.db.transaction().execute((tx) => removeBrowser(tx, person.id, known!.id))
    await tryIn(browser, person)
    assert.equal((await notices(person.id)).length, 1)
    room.clock.advance(365 * DAY)
    assert.deepEqual(await listBrowsers(database.db, person.id, room.clock.now()), [])
    await purgeExpired(database.db, room.clock.now())
    const { rows } = await sql`select 1 from secure_access.known_browser where person = ${person.id}`.execute(
      database.db,
    )
    assert.equal(rows.length, 0)
    await tryIn(browser, person)
    assert.equal((await notices(person.id)).length, 2)
  })

  test('the database tells neither the cookie nor who shares a browser', async () => {
    const [one, other] = [await newPerson(room), await newPerson(room)]
    const browser = openBrowser(room.origin)
    await tryIn(browser, one)
    await tryIn(browser, other)
    const cookie = browser.cookies().find(({ name }) => name === 'known-browser')!
    assert.match(cookie.value, /^[\w-]{43}$/)
    assert.match(cookie.header, /Max-Age=31536000.*HttpOnly.*SameSite=Lax/)
    const { rows } = await sql<{ text: string; hash: string }>`
      select known_browser::text as text, encode(token_hash, 'hex') as hash from secure_access.known_browser
      where person in (${one.id}, ${other.id})`.execute(database.db)
    assert.equal(new Set(rows.map(({ hash }) => hash)).size, 2)
    for (const { text } of rows) assert.ok(!text.includes(cookie.value))
  })
})

test('over HTTPS the cookie is held to the host', async () => {
  const app = Fastify()
  await app.register(cookie)
  const front = { publicUrl: 'https://cts.example.org' } as Parts['front']
  const world = { config: readConfig({}) } as Parts['world']
  app.get('/', (request, reply) => {
    leaveCookie({ world, front }, reply, shownBy(request, front.publicUrl))
    return reply.send('')
  })
  const first = await app.inject('/')
  const [set] = first.cookies
  assert.match(
    String(first.headers['set-cookie']),
    /^__Host-known-browser=[\w-]{43}; .*Path=\/; HttpOnly; Secure/,
  )
  const again = await app.inject({ url: '/', cookies: { '__Host-known-browser': set!.value } })
  assert.equal(again.cookies[0]!.value, set!.value, 'one browser keeps its name')
  const odd = await app.inject({ url: '/', cookies: { '__Host-known-browser': 'planted' } })
  assert.notEqual(odd.cookies[0]!.value, 'planted')
  await app.close()
})
