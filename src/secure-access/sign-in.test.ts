import assert from 'node:assert/strict'
import { before, describe, mock, test } from 'node:test'
import { Piscina } from 'piscina'
import { formOf, openBrowser, type Browser, type Seen } from '../../test/secure-access-browser.ts'
import {
  auditOf,
  fillIn,
  isSignedIn,
  newInvited,
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
import { sql } from '../kit/database.ts'

const MINUTE = 60_000

forEachSecureAccess(6 * MINUTE, (whenOpen) => {
  let database: TestDatabase
  let room: TestSecureAccess
  let party: RelyingParty
  whenOpen((opened) => void ({ database, room, party } = opened))

  const wrong = { password: 'not the password' }

  async function form(): Promise<{ browser: Browser; page: Seen }> {
    const browser = openBrowser(room.origin)
    return { browser, page: await party.begin(browser) }
  }

  async function guesses(username: string, count: number, password = wrong.password): Promise<number[]> {
    const { browser, page } = await form()
    const statuses: number[] = []
    for (let guess = 0; guess < count; guess++)
      statuses.push((await fillIn(browser, page, { username, password })).status)
    return statuses
  }

  test('username and password lead back to the application', async () => {
    const person = await newPerson(room)
    const { back } = await signedIn(room, party, person)
    assert.equal(back.status, 303)
    assert.ok(back.location!.startsWith(`${room.origin}/sign-in/callback?code=`), back.location!)
    assert.deepEqual(await auditOf(database.db, person.id), ['secure-access.sign-in done'])
  })

  test('the form keeps the username and not the password, and says what is wrong and what to do', async () => {
    const { browser, page } = await form()
    assert.match(page.text, /name="username"[^>]*autocomplete="username"/)
    assert.match(page.text, /autocomplete="current-password"/)
    const refused = await fillIn(browser, page, { username: 'Somebody', ...wrong })
    assert.equal(refused.status, 422)
    assert.match(refused.text, /<title>Error: Sign in/)
    assert.match(refused.text, /value="Somebody"/)
    assert.match(refused.text, /href="#username">The username or the password is not right\. Check both/)
    assert.ok(!refused.text.includes(wrong.password))
    const empty = await fillIn(browser, page, { username: '', password: '' })
    assert.equal(empty.status, 400)
    assert.match(empty.text, /href="#username">.*href="#password">/s)
  })

  test('a reader of Welsh gets the form in Welsh and keeps it through a mistake', async () => {
    const { browser, page } = await form()
    const welsh = await browser.get(`${page.url}?lang=cy`)
    assert.match(welsh.text, /<html lang="cy"[\s\S]*Mewngofnodi/)
    const refused = await fillIn(browser, welsh, { username: 'Somebody', ...wrong })
    assert.match(refused.text, /<html lang="cy"[\s\S]*Nid yw’r enw defnyddiwr/)
  })

  test('letter case counts in both', async () => {
    const { id, username, password } = await newPerson(room, { username: 'caseCounts' })
    for (const other of [
      { username: username.toLowerCase(), password },
      { username: username.toUpperCase(), password },
      { username, password: password.toUpperCase() },
    ]) {
      const { browser, page } = await form()
      assert.equal((await fillIn(browser, page, other)).status, 422)
    }
    const { back } = await signedIn(room, party, { username: ` ${username} `, password })
    assert.equal(back.status, 303)
    assert.equal((await auditOf(database.db, id)).length, 2)
  })

  describe('nobody learns who has an account', () => {
    let cases: Record<string, { username: string; password: string }>
    let archived: TestPerson

    before(async () => {
      const person = await newPerson(room)
      const invited = await newInvited(room)
      archived = await newPerson(room)
      await room.world.db.transaction().execute((tx) => archivePerson(tx, archived.id, room.clock.now()))
      cases = {
        'wrong password': { username: person.username, ...wrong },
        'wrong letter case': { username: person.username.toUpperCase(), password: PASSWORD },
        'not activated': { username: invited.username, password: PASSWORD },
        archived: { username: archived.username, password: PASSWORD },
        unknown: { username: '680nobody', password: PASSWORD },
        'no username at all': { username: "x' or 1=1 \u0000", password: PASSWORD },
        'a long one': { username: 'x'.repeat(5000), password: PASSWORD },
      }
    })

    async function answerTo(fields: { username: string; password: string }): Promise<object> {
      const { browser, page } = await form()
      const { status, headers, text } = await fillIn(browser, page, fields)
      const escaped = fields.username.replaceAll("'", '&#39;').replaceAll('\u0000', '')
      const shown = text.replaceAll('\u0000', '').replaceAll('\uFFFD', '').replaceAll(escaped, 'USERNAME')
      const uid = page.url.split('/').at(-1)!
      const kept = [...headers].filter(([name]) => !['date', 'content-length'].includes(name))
      return { status, headers: kept, text: shown.replaceAll(uid, 'UID') }
    }

    test('by status, headers or words', async () => {
      const [first, ...others] = await Promise.all(Object.values(cases).map(answerTo))
      for (const [index, other] of others.entries())
        assert.deepEqual(other, first, Object.keys(cases)[index + 1])
      assert.ok(JSON.stringify(first).includes('USERNAME'))
    })

    test('by the work that is done: one Argon2 verification each', async () => {
      const compared = mock.method(Piscina.prototype, 'run')
      try {
        for (const [title, fields] of Object.entries(cases)) {
          await answerTo(fields)
          assert.equal(compared.mock.callCount(), 1, title)
          compared.mock.resetCalls()
        }
      } finally {
        compared.mock.restore()
      }
    })

    test('the audit says whom it was about, and never what was typed where nobody has the name', async () => {
      const before = (await auditOf(database.db, null)).length
      await answerTo({ username: 'typedHere', password: 'typedThere' })
      const rows = await auditOf(database.db, null)
      assert.equal(rows.length, before + 1)
      assert.equal(rows.at(-1), 'secure-access.sign-in refused wrong by unknown')
      assert.equal((await auditOf(database.db, archived.id)).length, 0)
      const { rows: all } = await sql<{ text: string }>`
        select (select string_agg(a::text, '') from kit.audit a) || (select string_agg(encode(key, 'escape'), '') from secure_access.failure)
          as text`.execute(database.db)
      for (const typed of ['typedHere', 'typedhere', 'typedThere', '680nobody'])
        assert.ok(!`${all[0]!.text}${room.logged.join('')}`.includes(typed), typed)
    })
  })

  describe('guessing', () => {
    test('ten wrong guesses in five minutes are looked at, for a name that exists and for one that does not', async () => {
      const { id, username } = await newPerson(room)
      const ten = Array.from({ length: 10 }, () => 422)
      for (const name of [username, '680nobody2']) {
        assert.deepEqual(await guesses(name, 12), [...ten, 429, 429])
        const { browser, page } = await form()
        const right = await fillIn(browser, page, { username: name, password: PASSWORD })
        assert.equal(right.status, 429)
        assert.equal(right.headers.get('retry-after'), '300')
        assert.match(right.text, /too many wrong tries\. Wait 5 minutes/)
      }
      assert.equal(
        (await auditOf(database.db, id)).at(-1),
        'secure-access.sign-in refused throttled by unknown',
      )
    })

    test('five minutes after the first of them the next is looked at; another name of the same letters is the same', async () => {
      const { username } = await newPerson(room)
      await guesses(username, 1)
      room.clock.advance(2 * MINUTE)
      await guesses(username.toUpperCase(), 9)
      const { browser, page } = await form()
      const late = await fillIn(browser, page, { username, ...wrong })
      assert.deepEqual([late.status, late.headers.get('retry-after')], [429, '180'])
      room.clock.advance(3 * MINUTE)
      assert.deepEqual(await guesses(username, 2), [422, 429])
    })

    test('the right password forgets the wrong ones', async () => {
      const person = await newPerson(room)
      await guesses(person.username, 9)
      assert.equal((await signedIn(room, party, person)).back.status, 303)
      assert.deepEqual(
        await guesses(person.username, 9),
        Array.from({ length: 9 }, () => 422),
      )
    })

    test('of thirty guesses side by side ten are looked at', async () => {
      const { username } = await newPerson(room)
      const { browser, page } = await form()
      const compared = mock.method(Piscina.prototype, 'run')
      try {
        const all = await Promise.all(
          Array.from({ length: 30 }, () => fillIn(browser, page, { username, ...wrong })),
        )
        assert.equal(all.filter(({ status }) => status === 422).length, 10)
        assert.equal(all.filter(({ status }) => status === 429).length, 20)
        assert.equal(compared.mock.callCount(), 10)
      } finally {
        compared.mock.restore()
      }
    })

    test('a hundred wrong guesses from one address are looked at, whatever the names; right ones do not count', async () => {
      const person = await newPerson(room)
      const { browser, page } = await form()
      const guess = (name: number): Promise<Seen> =>
        fillIn(browser, page, { username: `name${name}`, ...wrong })
      for (let name = 0; name < 99; name++) assert.equal((await guess(name)).status, 422)
      assert.equal((await signedIn(room, party, person)).back.status, 303)
      assert.deepEqual([(await guess(100)).status, (await guess(101)).status], [422, 429])
      room.clock.advance(4 * MINUTE)
      const late = Array.from({ length: 11 }, () =>
        fillIn(browser, page, { ...wrong, username: person.username }),
      )
      for (const { status } of await Promise.all(late)) assert.equal(status, 429)
      room.clock.advance(MINUTE)
      assert.equal(
        (await signedIn(room, party, person)).back.status,
        303,
        'what was not looked at is no guess',
      )
    })

    test('a password for which there was no turn is asked for again, and is no guess', async () => {
      const { username } = await newPerson(room)
      const { browser, page } = await form()
      const waiting = mock.getter(Piscina.prototype, 'queueSize', () => 100)
      try {
        const busy = await fillIn(browser, page, { username, ...wrong })
        assert.deepEqual([busy.status, busy.headers.get('retry-after')], [503, '5'])
        assert.match(busy.text, /The service is busy/)
      } finally {
        waiting.mock.restore()
      }
      assert.deepEqual(await guesses(username, 11), [...Array.from({ length: 10 }, () => 422), 429])
    })
  })

  test('a sign-in that is over, of another browser or made up begins again', async () => {
    const { browser, page } = await form()
    const fields = { username: 'Somebody', ...wrong }
    const stranger = openBrowser(room.origin)
    for (const seen of [
      await stranger.get(page.url),
      await stranger.post(page.url, fields),
      await browser.get(`${room.origin}/secure-access/sign-in/${'x'.repeat(43)}`),
    ]) {
      assert.equal(seen.status, 400)
      assert.match(seen.text, /This took too long[\s\S]*href="\/"/)
    }
    room.clock.advance(61 * MINUTE)
    assert.equal((await browser.get(page.url)).status, 400)
    assert.equal((await browser.post(page.url, fields)).status, 400)
  })

  test("another site's form is refused before anything is looked at", async () => {
    const person = await newPerson(room)
    const { browser, page } = await form()
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': '', origin: 'https://evil.example' },
    ]) {
      const seen = await browser.post(formOf(page).action, person as never, headers)
      assert.equal(seen.status, 403)
    }
    assert.equal(await isSignedIn(party, browser), false)
    assert.deepEqual(await auditOf(database.db, person.id), [])
  })
})
