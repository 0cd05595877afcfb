import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as oidc from 'openid-client'
import { formOf, openBrowser, type Browser, type Seen } from '../../test/secure-access-browser.ts'
import {
  auditOf,
  fillIn,
  isSignedIn,
  newPerson,
  PASSWORD,
  forEachSecureAccess,
  signedIn,
  type RelyingParty,
} from '../../test/secure-access-people.ts'
import { openTestSecureAccess, type TestSecureAccess } from '../../test/secure-access.ts'
import { forEachDatabase, type TestDatabase } from '../../test/world.ts'
import { archivePerson } from '../accounts/index.ts'
import { sql } from '../kit/database.ts'
import { setPassword } from './index.ts'

const MINUTE = 60_000

forEachSecureAccess(6 * MINUTE, (whenOpen) => {
  let database: TestDatabase
  let room: TestSecureAccess
  let party: RelyingParty
  whenOpen((opened) => void ({ database, room, party } = opened))

  function archive(id: string): Promise<void> {
    return room.world.db.transaction().execute((tx) => archivePerson(tx, id, room.clock.now()))
  }

  async function logOffPage(browser: Browser, params: Record<string, string>): Promise<Seen> {
    const url = oidc.buildEndSessionUrl(party.config, {
      post_logout_redirect_uri: `${room.origin}/signed-out`,
      ...params,
    })
    return browser.get(url.href)
  }

  test('the token says who signed in and which sign-in it was, and no more; userinfo says the rest', async () => {
    const person = await newPerson(room)
    const tokens = await party.complete((await signedIn(room, party, person)).back)
    const { sub, sid, ...rest } = tokens.claims()!
    assert.equal(sub, person.id)
    assert.ok(typeof sid === 'string' && /^[\w-]{43}$/.test(sid))
    assert.deepEqual(Object.keys(rest).sort(), ['aud', 'exp', 'iat', 'iss', 'nonce'])
    assert.deepEqual(await oidc.fetchUserInfo(party.config, tokens.access_token, person.id), {
      sub: person.id,
      name: person.name,
      given_name: 'Nesta',
      family_name: 'Invented',
      email: person.email,
      organisations: [{ code: '6804020', name: '6804020' }],
    })
    assert.equal(await room.who(`Bearer ${tokens.access_token}`), 401)
  })

  test('a browser that is signed in comes back without a form, by the same sign-in; another is asked', async () => {
    const { browser, back } = await signedIn(room, party, await newPerson(room))
    const first = (await party.complete(back)).claims()!
    const again = (await party.complete(await party.begin(browser))).claims()!
    assert.deepEqual([again.sub, again['sid']], [first.sub, first['sid']])
    assert.equal(await isSignedIn(party, openBrowser(room.origin)), false)
    assert.match((await party.begin(browser, { prompt: 'login' })).url, /\/sign-in\//)
  })

  test('a form that is sent again after it led back begins again, and finds the browser signed in', async () => {
    const person = await newPerson(room)
    const browser = openBrowser(room.origin)
    const form = await party.begin(browser)
    const sent = await Promise.all([1, 2].map(() => fillIn(browser, form, person as never)))
    assert.ok(sent.some(({ status }) => status === 303))
    assert.equal((await fillIn(browser, form, person as never)).status, 400)
    assert.ok(await isSignedIn(party, browser))
  })

  test('a code works once, also of two at the same moment', async () => {
    const { back } = await signedIn(room, party, await newPerson(room))
    const all = await Promise.allSettled([party.complete(back), party.complete(back), party.complete(back)])
    assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1)
    await assert.rejects(party.complete(back), { error: 'invalid_grant' })
  })

  describe('a sign-in ends', () => {
    test('with the person: in every browser, for codes and tokens under way', async () => {
      const person = await newPerson(room)
      const { browser, back } = await signedIn(room, party, person)
      const other = await signedIn(room, party, person)
      const tokens = await party.complete(back)
      await archive(person.id)
      await assert.rejects(party.complete(other.back), { error: 'invalid_grant' })
      await assert.rejects(oidc.fetchUserInfo(party.config, tokens.access_token, person.id))
      assert.match((await party.begin(browser)).url, /\/sign-in\//)
      assert.equal(await isSignedIn(party, other.browser), false)
    })

    test('with the password, also one that was typed and has not led back yet', async () => {
      const person = await newPerson(room)
      const { browser } = await signedIn(room, party, person)
      const late = openBrowser(room.origin)
      const form = formOf(await party.begin(late))
      const typed = await late.post(form.action, person as never)
      assert.equal(typed.status, 303)
      await room.world.db
        .transaction()
        .execute((tx) =>
          setPassword(tx, person.id, 'another lantern', { mustChange: false }, room.clock.now()),
        )
      assert.equal(await isSignedIn(party, browser), false)
      const back = await late.follow(typed)
      await assert.rejects(party.complete(back), { error: 'invalid_grant' })
      assert.equal(await isSignedIn(party, late), false)
    })

    test('after half an hour in which nobody asked for it', async () => {
      const { browser } = await signedIn(room, party, await newPerson(room))
      room.clock.advance(29 * MINUTE)
      assert.ok(await isSignedIn(party, browser))
      room.clock.advance(29 * MINUTE)
      assert.ok(await isSignedIn(party, browser))
      room.clock.advance(30 * MINUTE)
      assert.equal(await isSignedIn(party, browser), false)
    })

    test('with the log-off, by one button that a script presses, and leads back to the application', async () => {
      const person = await newPerson(room)
      const { browser, back } = await signedIn(room, party, person)
      const tokens = await party.complete(back)
      const page = await logOffPage(browser, { id_token_hint: tokens.id_token!, ui_locales: 'cy' })
      assert.equal(page.status, 200)
      assert.match(page.headers.get('content-security-policy')!, /script-src 'self'/)
      assert.match(page.text, /<html lang="cy"[\s\S]*log-off\.js[\s\S]*data-log-off[\s\S]*Allgofnodi/)
      assert.ok(!/<script(?![^>]* src=)/.test(page.text))
      assert.ok(await isSignedIn(party, browser), 'nothing has ended yet')
      const again = await logOffPage(browser, { id_token_hint: tokens.id_token! })
      const ended = await fillIn(browser, again, {})
      assert.equal(ended.location, `${room.origin}/signed-out`)
      assert.equal(await isSignedIn(party, browser), false)
      await assert.rejects(oidc.fetchUserInfo(party.config, tokens.access_token, person.id))
      await Promise.all(room.following)
      assert.equal((await auditOf(database.db, person.id)).at(-1), 'secure-access.log-off done')
    })

    test('and where it had ended before, the log-off leads back all the same', async () => {
      const { browser, back } = await signedIn(room, party, await newPerson(room))
      const { id_token } = await party.complete(back)
      room.clock.advance(40 * MINUTE)
      const page = await logOffPage(browser, { id_token_hint: id_token! })
      assert.match(page.text, /data-log-off/)
      assert.equal((await fillIn(browser, page, {})).location, `${room.origin}/signed-out`)
    })

    test('by no other site: the form carries what only its own page knows', async () => {
      const { browser } = await signedIn(room, party, await newPerson(room))
      for (const fields of [{ logout: 'yes' }, { logout: 'yes', xsrf: 'guessed' }]) {
        const seen = await browser.post('/secure-access/session/end/confirm', fields)
        assert.equal(seen.status, 400)
        assert.match(seen.text, /This took too long/)
      }
      assert.ok(await isSignedIn(party, browser))
    })

    test('when somebody else signs in with the same browser', async () => {
      const [one, other] = [await newPerson(room), await newPerson(room)]
      const { browser } = await signedIn(room, party, one)
      const form = await party.begin(browser, { prompt: 'login' })
      const between = await fillIn(browser, form, other as never)
      assert.match(between.text, /data-log-off/)
      assert.ok(!/<script(?![^>]* src=)/.test(between.text))
      const back = await fillIn(browser, between, {})
      assert.equal((await party.complete(back)).claims()!.sub, other.id)
      await Promise.all(room.following)
      assert.equal((await auditOf(database.db, one.id)).at(-1), 'secure-access.log-off done')
    })
  })

  test('what is asked for wrongly goes back to the application, or nowhere where that is wrong', async () => {
    const browser = openBrowser(room.origin)
    const back = await party.begin(browser, { prompt: 'consent' })
    assert.match(back.location!, /\/sign-in\/callback\?error=invalid_request/)
    const silent = await party.begin(browser, { prompt: 'none' })
    assert.match(silent.location!, /\/sign-in\/callback\?error=login_required/)
    const astray = await party.begin(browser, { redirect_uri: 'https://evil.example/sign-in/callback' })
    assert.equal(astray.status, 400)
    assert.match(astray.text, /cannot be signed in this way[\s\S]*invalid_redirect_uri/)
    const out = await logOffPage(browser, {
      client_id: 'common-transfer-system',
      post_logout_redirect_uri: 'https://evil.example',
    })
    assert.equal(out.status, 400)
    const end = await browser.get('/secure-access/session/end/success')
    assert.equal(end.location, `${room.origin}/signed-out`)
  })

  test('what is kept shows nothing by which somebody could go on with a sign-in', async () => {
    const person = await newPerson(room)
    const browser = openBrowser(room.origin)
    const first = await party.begin(browser)
    const second = await party.begin(browser)
    const back = await fillIn(browser, first, person as never)
    const third = await party.begin(browser, { prompt: 'login' })
    const tokens = await party.complete(back)
    const { rows } = await sql<{ text: string }>`
      select string_agg(a::text || encode(id_hash, 'escape'), '') as text from secure_access.artifact a`.execute(
      database.db,
    )
    const kept = rows[0]!.text
    assert.ok(kept.includes(person.id))
    const code = new URL(back.location!).searchParams.get('code')!
    const cookies = browser.cookies().map(({ value }) => value)
    const uids = [first, second, third].map(({ url }) => url.split('/').at(-1)!)
    for (const secret of [...cookies, ...uids, code, tokens.access_token, PASSWORD])
      assert.ok(!kept.includes(secret), secret)
    assert.ok(cookies.length >= 4)
  })

  test('its cookies are read by no script and go to no other site', async () => {
    const { browser } = await signedIn(room, party, await newPerson(room))
    const cookies = browser.cookies().filter(({ name }) => !name.endsWith('.sig'))
    assert.deepEqual(
      cookies.map(({ name, path }) => `${name} ${path.replace(/[\w-]{43}/, 'UID')}`),
      ['signing-in-at /secure-access/sign-in/UID', 'known-browser /', 'secure-access /'],
    )
    for (const { header } of browser.cookies())
      for (const held of [/; samesite=lax/i, /; httponly/i]) assert.match(header, held)
    assert.doesNotMatch(cookies[2]!.header, /expires|max-age|domain/i)
  })
})

forEachDatabase((_name, open) => {
  test('over HTTPS its cookies are kept to the host and to HTTPS by their names, whoever speaks to it', async () => {
    const database = await open()
    const room = await openTestSecureAccess(database, 'https://cts.example')
    try {
      const browser = openBrowser(room.origin)
      const query = new URLSearchParams({
        client_id: 'common-transfer-system',
        response_type: 'code',
        scope: 'openid',
        redirect_uri: 'https://cts.example/sign-in/callback',
        code_challenge: 'x'.repeat(43),
        code_challenge_method: 'S256',
      })
      const here = (address: string): string => address.replace('https://cts.example', room.origin)
      const begun = await browser.get(`/secure-access/auth?${query.toString()}`, {
        'x-forwarded-host': 'evil.example',
      })
      const form = await browser.get(here(begun.location!))
      const { username } = await newPerson(room)
      const typed = await browser.post(
        form.url,
        { username, password: PASSWORD },
        { origin: 'https://cts.example', 'sec-fetch-site': 'same-origin' },
      )
      assert.ok(typed.location!.startsWith('https://cts.example/secure-access/auth/'), typed.text)
      const back = await browser.get(here(typed.location!))
      assert.ok(back.location!.startsWith('https://cts.example/sign-in/callback?code='))
      const headers = browser.cookies().map(({ header }) => header)
      assert.ok(
        headers.some((header) =>
          /^__Host-secure-access=[^;]+; path=\/; samesite=lax; secure; httponly$/.test(header),
        ),
      )
      assert.ok(headers.some((header) => header.startsWith('__Secure-signing-in-at=')))
      for (const header of headers)
        for (const held of [/^__(Host|Secure)-/, /; secure/i, /; httponly/i]) assert.match(header, held)
    } finally {
      await room.close()
      await database.close()
    }
  })
})
