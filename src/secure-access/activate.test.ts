import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from '../../test/secure-access-browser.ts'
import {
  auditOf,
  fillIn,
  mailsOf,
  newInvited,
  forEachSecureAccess,
  signedIn,
  type RelyingParty,
} from '../../test/secure-access-people.ts'
import type { TestSecureAccess } from '../../test/secure-access.ts'
import type { TestDatabase } from '../../test/world.ts'
import { archivePerson } from '../accounts/index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const NEW = { password: 'lantern otter violin', again: 'lantern otter violin' }

forEachSecureAccess(2 * HOUR, (whenOpen) => {
  let database: TestDatabase
  let room: TestSecureAccess
  let party: RelyingParty
  whenOpen((opened) => void ({ database, room, party } = opened))

  const activation = (token: string): string => `${room.origin}/secure-access/activate/${token}`

  async function canSignIn(username: string, password: string): Promise<boolean> {
    return (await signedIn(room, party, { username, password })).back.status === 303
  }

  test('the link of an invitation shows the username, sets the first password, tells it by mail and leads to the sign-in', async () => {
    const { id, username, email, token } = await newInvited(room, { language: 'cy' })
    const browser = openBrowser(room.origin)
    const page = await browser.get(activation(token))
    assert.equal(page.status, 200)
    assert.match(page.text, new RegExp(`<html lang="cy"[\\s\\S]*Dewiswch eich cyfrinair[\\s\\S]*${username}`))
    const done = await fillIn(browser, page, NEW)
    assert.match(done.text, /<html lang="cy"[\s\S]*Mae eich cyfrinair wedi’i osod[\s\S]*href="\/"/)
    assert.ok(await canSignIn(username, NEW.password))
    const at = { en: '2 September 2026, 12:05pm', cy: '2 Medi 2026, 12:05yp' }
    const mail = { template: 'password-changed', to_address: email, language: 'cy', params: { at } }
    assert.deepEqual(await mailsOf(database.db, id), [mail])
    assert.deepEqual(await auditOf(database.db, id), [
      'secure-access.activate done',
      'secure-access.sign-in done',
    ])
  })

  test('the link of an invitation is used up by nobody who only opens it, and by no mistake', async () => {
    const { username, token } = await newInvited(room)
    const browser = openBrowser(room.origin)
    for (let scan = 0; scan < 3; scan++) assert.equal((await browser.get(activation(token))).status, 200)
    const page = await browser.get(`${activation(token)}?lang=cy`)
    const MISTAKES: [fields: Record<string, string>, status: number, words: RegExp][] = [
      [{}, 400, /href="#password">Mae’r cyfrinair newydd ar goll/],
      [{ ...NEW, again: 'another otter violin' }, 400, /href="#again">Nid yw’r ddau gyfrinair/],
      [
        { password: 'otter', again: 'otter' },
        422,
        /href="#password">Mae gan y cyfrinair newydd lai na 12 nod/,
      ],
      [{ password: `${username} otter`, again: `${username} otter` }, 422, /href="#password">Mae eich enw/],
    ]
    for (const [fields, status, words] of MISTAKES) {
      const seen = await fillIn(browser, page, fields)
      assert.equal(seen.status, status)
      assert.match(seen.text, words)
      assert.match(seen.text, /<html lang="cy"/)
      assert.ok(!seen.text.includes('otter violin'))
    }
    assert.match((await fillIn(browser, page, NEW)).url, /password-set/)
  })

  test('the link of an invitation works once: of two at the same moment one sets the password', async () => {
    const { id, username, token } = await newInvited(room)
    const browser = openBrowser(room.origin)
    const page = await browser.get(activation(token))
    const words = ['copper otter violin', 'silver otter violin', 'golden otter violin', 'wooden otter violin']
    const all = await Promise.all(words.map((one) => fillIn(browser, page, { password: one, again: one })))
    assert.deepEqual(all.map(({ status }) => status).sort(), [200, 410, 410, 410])
    const won = words[all.findIndex(({ status }) => status === 200)]!
    assert.ok(await canSignIn(username, won))
    assert.equal((await mailsOf(database.db, id)).length, 1)
    const used = await browser.get(activation(token))
    assert.equal(used.status, 410)
    assert.match(used.text, /This link no longer works[\s\S]*ask whoever looks after accounts/)
  })

  test('the link of an invitation ends after two days, with its person, and was never there when it is made up', async () => {
    const late = await newInvited(room)
    room.clock.advance(49 * HOUR)
    const archived = await newInvited(room)
    await room.world.db.transaction().execute((tx) => archivePerson(tx, archived.id, room.clock.now()))
    const browser = openBrowser(room.origin)
    for (const token of [late.token, archived.token, 'x'.repeat(43), 'a'])
      for (const seen of [await browser.get(activation(token)), await browser.post(activation(token), NEW)])
        assert.equal(seen.status, 410)
  })
})
