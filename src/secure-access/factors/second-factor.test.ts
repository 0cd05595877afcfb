import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf, newApp } from '../../../test/second-factors.ts'
import { openBrowser, type Browser, type Seen } from '../../../test/secure-access-browser.ts'
import {
  auditOf,
  fillIn,
  forEachSecureAccess,
  isSignedIn,
  mailsOf,
  newPerson,
  signedIn,
  type RelyingParty,
  type TestPerson,
  type TestPersonOptions,
} from '../../../test/secure-access-people.ts'
import type { TestSecureAccess } from '../../../test/secure-access.ts'
import type { TestDatabase } from '../../../test/world.ts'
import { ConfigurationError, readConfig } from '../../kit/config.ts'
import { sql } from '../../kit/database.ts'
import { openSecureAccess } from '../index.ts'
import type { Parts } from '../parts.ts'
import { listFactors } from './store.ts'

const MINUTE = 60_000
const SECOND = 1000
const isBack = ({ location }: Seen): boolean => location?.includes('/sign-in/callback?code=') ?? false
const secretOn = ({ text }: Seen): string =>
  /translate="no">([A-Z2-7 ]+)</.exec(text)![1]!.replaceAll(' ', '')

forEachSecureAccess(6 * MINUTE, (whenOpen) => {
  let database: TestDatabase
  let room: TestSecureAccess
  let party: RelyingParty
  whenOpen((opened) => void ({ database, room, party } = opened))

  interface WithApp {
    person: TestPerson
    secret: string
    codes: string[]
  }

  async function withApp(options: TestPersonOptions = {}): Promise<WithApp> {
    const person = await newPerson(room, options)
    const app = await newApp(room.world, person.id)
    // the code that set it up is used
    room.clock.advance(30 * SECOND)
    return { person, ...app }
  }

  async function atSecond(person: TestPerson): Promise<{ browser: Browser; page: Seen }> {
    const { browser, back: page } = await signedIn(room, party, person)
    assert.match(page.url, /\/second-factor$/)
    assert.equal(page.status, 200, page.text)
    return { browser, page }
  }

  const templates = async (person: string): Promise<string[]> =>
    (await mailsOf(database.db, person)).map(({ template }) => template)

  test('after the right password a code of the app ends the sign-in', async () => {
    const { person, secret } = await withApp()
    const { browser, page } = await atSecond(person)
    assert.equal(await isSignedIn(party, browser), false)
    const again = await atSecond(person)
    const code = await codeOf(secret, room)
    const back = await fillIn(again.browser, again.page, { code: `${code.slice(0, 3)} ${code.slice(3)}` })
    assert.ok(isBack(back), back.text)
    assert.equal((await party.complete(back)).claims()!.sub, person.id)
    assert.ok(page.text.includes('Show that it is you'))
    const [factor] = await listFactors(database.db, person.id)
    assert.deepEqual(factor?.lastUsedAt, room.clock.now())
    assert.deepEqual((await auditOf(database.db, person.id)).slice(-3), [
      'secure-access.password done',
      'secure-access.code done',
      'secure-access.sign-in done',
    ])
  })

  test('a code works once, also of two at the same moment, and not a minute later', async () => {
    const { person, secret } = await withApp()
    const code = await codeOf(secret, room)
    const pages = [await atSecond(person), await atSecond(person)]
    const all = await Promise.all(pages.map(({ browser, page }) => fillIn(browser, page, { code })))
    assert.deepEqual(all.map(({ status }) => status).sort(), [303, 422])
    const { browser, page } = await atSecond(person)
    assert.equal((await fillIn(browser, page, { code })).status, 422, 'used before')
    const late = await codeOf(secret, room)
    room.clock.advance(61 * SECOND)
    const refused = await fillIn(browser, page, { code: late })
    assert.equal(refused.status, 422)
    assert.match(refused.text, /href="#code">The code is not right/)
    assert.ok(isBack(await fillIn(browser, page, { code: await codeOf(secret, room) })))
  })

  test('a recovery code works once, however it is typed, and the person is told', async () => {
    const { person, codes } = await withApp()
    assert.equal(new Set(codes).size, 10)
    for (const code of codes) assert.match(code, /^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/)
    const { browser, page } = await atSecond(person)
    const back = await fillIn(browser, page, { code: ` ${codes[3]!.toUpperCase().replaceAll('-', ' ')}` })
    assert.ok(isBack(back), back.text)
    const again = await atSecond(person)
    assert.equal((await fillIn(again.browser, again.page, { code: codes[3]! })).status, 422)
    assert.ok(isBack(await fillIn(again.browser, again.page, { code: codes[4]! })))
    const changes = (await mailsOf(database.db, person.id)).flatMap(({ params }) => params['change'] ?? [])
    assert.match(JSON.stringify(changes), /recovery code was used/)
    const { rows } = await sql<{ all: string }>`
      select string_agg(r::text, '') as all from secure_access.recovery_code r`.execute(database.db)
    assert.ok(!rows[0]!.all.includes(codes[0]!))
  })

  test('codes of somebody else, and what is no code, are wrong', async () => {
    const [one, other] = [await withApp(), await withApp()]
    const { browser, page } = await atSecond(one.person)
    for (const code of [await codeOf(other.secret, room), other.codes[0]!, '000000', 'x'.repeat(3000)])
      assert.equal((await fillIn(browser, page, { code })).status, 422, code.slice(0, 20))
    assert.equal((await fillIn(browser, page, { code: '' })).status, 400)
    assert.equal(await isSignedIn(party, browser), false)
  })

  test('ten wrong codes in five minutes are looked at; the person is told that somebody has the password', async () => {
    const { person, secret } = await withApp()
    const { browser, page } = await atSecond(person)
    const statuses: number[] = []
    for (let guess = 0; guess < 12; guess += 1)
      statuses.push((await fillIn(browser, page, { code: String(100_000 + guess) })).status)
    assert.deepEqual(statuses, [...Array.from({ length: 10 }, () => 422), 429, 429])
    const late = await fillIn(browser, page, { code: await codeOf(secret, room) })
    assert.deepEqual([late.status, late.headers.get('retry-after')], [429, '300'])
    const told = (await mailsOf(database.db, person.id)).filter(({ params }) =>
      JSON.stringify(params).includes('somebody knows your password'),
    )
    assert.equal(told.length, 1)
    room.clock.advance(5 * MINUTE)
    assert.ok(isBack(await fillIn(browser, page, { code: await codeOf(secret, room) })))
  })

  test('a stranger who guesses codes does not keep a known browser out', async () => {
    const { person, secret } = await withApp()
    const first = await atSecond(person)
    assert.ok(isBack(await fillIn(first.browser, first.page, { code: await codeOf(secret, room) })))
    const { browser, page } = await atSecond(person)
    for (let guess = 0; guess < 11; guess += 1) await fillIn(browser, page, { code: String(100_000 + guess) })
    first.browser.close()
    const known = await fillIn(first.browser, await party.begin(first.browser), person as never)
    room.clock.advance(30 * SECOND)
    assert.ok(isBack(await fillIn(first.browser, known, { code: await codeOf(secret, room) })))
  })

  test('nothing tells that a factor is set up before the password was right', async () => {
    const { person } = await withApp()
    const without = await newPerson(room)
    const answers: string[] = []
    for (const { username } of [person, without]) {
      const { back } = await signedIn(room, party, { username, password: 'not the password' })
      assert.equal(back.status, 422)
      answers.push(back.text.replaceAll(username, 'NAME').replaceAll(back.url.split('/').at(-1)!, 'UID'))
    }
    assert.equal(answers[0], answers[1])
  })

  test('a one-time password is changed only after the factor was shown', async () => {
    const { person, secret } = await withApp({ mustChange: true })
    const { browser, page } = await atSecond(person)
    const change = await browser.follow(
      await browser.get(page.url.replace('second-factor', 'change-password')),
    )
    assert.match(change.url, /\/second-factor$/)
    const next = await fillIn(browser, page, { code: await codeOf(secret, room) })
    assert.match(next.url, /\/change-password$/)
    const words = 'lantern otter violin'
    assert.ok(isBack(await fillIn(browser, next, { password: words, again: words })))
  })

  test('it must be shown within fifteen minutes, in the same browser', async () => {
    const { person, secret } = await withApp()
    const { browser, page } = await atSecond(person)
    assert.equal((await openBrowser(room.origin).get(page.url)).status, 400)
    room.clock.advance(15 * MINUTE)
    const late = await fillIn(browser, page, { code: await codeOf(secret, room) })
    assert.equal(late.status, 400)
    assert.equal(await isSignedIn(party, browser), false)
  })

  test('where nobody needs one and none is set up, none is asked for', async () => {
    const { back } = await signedIn(room, party, await newPerson(room))
    assert.ok(isBack(back))
  })

  test('the secret of an app is kept only sealed', async () => {
    const { secret } = await withApp()
    const { rows } = await sql<{ all: string }>`
      select string_agg(encode(sealed_secret, 'escape'), '') as all from secure_access.factor`.execute(
      database.db,
    )
    assert.ok(!rows[0]!.all.includes(secret))
    assert.ok((await templates(rows[0]!.all)).length === 0)
  })
})

forEachSecureAccess(
  6 * MINUTE,
  (whenOpen) => {
    let database: TestDatabase
    let room: TestSecureAccess
    let party: RelyingParty
    whenOpen((opened) => void ({ database, room, party } = opened))

    test('who needs a factor and has none sets one up before the sign-in ends, and is given recovery codes', async () => {
      const person = await newPerson(room)
      const { browser, back: page } = await signedIn(room, party, person)
      assert.match(page.url, /\/set-up$/)
      assert.match(page.text, /<svg /)
      const secret = secretOn(page)
      const wrong = await fillIn(browser, page, { code: '000000' })
      assert.equal(wrong.status, 422)
      assert.equal(secretOn(wrong), secret, 'the app that was set up stays right')
      const shown = await fillIn(browser, wrong, { code: await codeOf(secret, room) })
      const codes = [...shown.text.matchAll(/<li class="cts-code">([a-z2-9-]{14})</g)].map(
        ([, code]) => code!,
      )
      assert.equal(codes.length, 10)
      assert.equal(await isSignedIn(party, openBrowser(room.origin)), false)
      assert.ok(isBack(await fillIn(browser, shown, {})), 'one goes on from the codes')
      const next = await signedIn(room, party, person)
      assert.match(next.back.url, /\/second-factor$/)
      assert.ok(isBack(await fillIn(next.browser, next.back, { code: codes[0]! })))
      assert.deepEqual((await auditOf(database.db, person.id)).slice(0, 3), [
        'secure-access.password done',
        'secure-access.set-up-authenticator done',
        'secure-access.sign-in done',
      ])
    })

    test('a new password comes before that', async () => {
      const person = await newPerson(room, { mustChange: true })
      const { browser, back } = await signedIn(room, party, person)
      assert.match(back.url, /\/change-password$/)
      const words = 'lantern otter violin'
      const next = await fillIn(browser, back, { password: words, again: words })
      assert.match(next.url, /\/set-up$/)
      assert.equal(await isSignedIn(party, browser), false)
    })

    test('without setting one up nobody signs in, whichever address is tried', async () => {
      const person = await newPerson(room)
      const { browser, back } = await signedIn(room, party, person)
      const uid = back.url.split('/').at(-2)!
      const on = await browser.follow(await browser.post(`${room.issuer}/sign-in/${uid}/go-on`, {}))
      assert.match(on.url, /\/set-up$/)
      for (const path of [`/sign-in/${uid}/second-factor`, `/sign-in/${uid}/change-password`, `/auth/${uid}`])
        assert.ok(!isBack(await browser.follow(await browser.get(room.issuer + path))), path)
      assert.equal(await isSignedIn(party, browser), false)
    })

    test('what was offered to one person sets nothing up for another', async () => {
      const [one, other] = [await newPerson(room), await newPerson(room)]
      const { back: theirs } = await signedIn(room, party, one)
      const { browser, back } = await signedIn(room, party, other)
      const offer = /name="offer" value="([^"]+)"/.exec(theirs.text)![1]!
      const code = await codeOf(secretOn(theirs), room)
      assert.equal((await fillIn(browser, back, { offer, code })).status, 409)
      assert.deepEqual(await listFactors(database.db, other.id), [])
    })
  },
  { SECOND_FACTOR_ROLES: 'school-user' },
)

test('a setting that names what is no role stops the start', async () => {
  const world = { config: readConfig({ SECOND_FACTOR_ROLES: 'lea-dba,headteacher' }) } as Parts['world']
  await assert.rejects(
    openSecureAccess(world, 'https://cts.example.org/secure-access', {} as Parts['front'], async () => {}),
    (error) =>
      error instanceof ConfigurationError && /names headteacher, which is no role/.test(error.message),
  )
})
