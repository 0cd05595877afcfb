import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser, type Seen } from '../../test/secure-access-browser.ts'
import {
  auditOf,
  fillIn,
  forEachSecureAccess,
  mailsOf,
  newInvited,
  newPerson,
} from '../../test/secure-access-people.ts'
import type { TestSecureAccess } from '../../test/secure-access.ts'
import type { TestDatabase } from '../../test/world.ts'
import { archivePerson } from '../accounts/index.ts'
import { sql } from '../kit/database.ts'
import { RESET } from './rules.ts'

const HOUR = 3_600_000

forEachSecureAccess(2 * HOUR, (whenOpen) => {
  let database: TestDatabase
  let room: TestSecureAccess
  whenOpen((opened) => void ({ database, room } = opened))

  /** Asks for a username as somebody would, and waits for what goes on after the answer. */
  async function ask(email: string): Promise<Seen> {
    const browser = openBrowser(room.origin)
    const seen = await fillIn(browser, await browser.get('/secure-access/forgotten-username'), { email })
    await Promise.all(room.following)
    return seen
  }

  test('it is answered alike for every address, and only who may sign in is written to, in their language', async () => {
    const person = await newPerson(room, { language: 'cy' })
    const invited = await newInvited(room)
    const archived = await newPerson(room)
    await room.world.db.transaction().execute((tx) => archivePerson(tx, archived.id, room.clock.now()))
    const answers: unknown[] = []
    for (const email of [person.email, invited.email, archived.email, 'nobody@school.example']) {
      const { status, text, headers } = await ask(email)
      answers.push({ status, text, headers: [...headers].filter(([name]) => name !== 'date') })
    }
    for (const answer of answers) assert.deepEqual(answer, answers[0])
    const counts = await Promise.all(
      [person, invited, archived].map(
        async ({ id }) =>
          (await mailsOf(database.db, id)).filter(({ template }) => template === 'forgotten-username').length,
      ),
    )
    assert.deepEqual(counts, [1, 0, 0])
    const mail = (await mailsOf(database.db, person.id)).at(-1)!
    assert.equal(mail.language, 'cy')
    assert.match(JSON.stringify(mail.params['accounts']), new RegExp(`${person.username} \\(`))
    assert.ok(!JSON.stringify(mail).includes('http'), 'nothing to sign in by')
    assert.deepEqual(await auditOf(database.db, person.id), [
      'secure-access.forgotten-username done by unknown',
    ])
  })

  test('nothing is looked up before the answer', async () => {
    const { email } = await newPerson(room)
    const before = room.following.length
    const browser = openBrowser(room.origin)
    await sql`alter table accounts.person rename to away`.execute(database.db)
    try {
      const page = await browser.get('/secure-access/forgotten-username')
      assert.equal((await fillIn(browser, page, { email })).status, 200)
      await assert.rejects(room.following[before]!)
    } finally {
      await sql`alter table accounts.away rename to person`.execute(database.db)
      void room.following.splice(before)
    }
  })

  test('several accounts of one address stand in one mail, whatever the case it is typed in', async () => {
    const [one, two] = [await newPerson(room), await newPerson(room)]
    await sql`update accounts.person set email = ${one.email} where id = ${two.id}`.execute(database.db)
    await ask(one.email.toUpperCase())
    const { rows } = await sql<{ to: string; accounts: string }>`
      select to_address as to, params -> 'accounts' ->> 'en' as accounts from kit.mail
      where template = 'forgotten-username' and about in (${one.id}, ${two.id})`.execute(database.db)
    assert.deepEqual(
      rows.map(({ to }) => to),
      [one.email],
    )
    for (const { username } of [one, two]) assert.ok(rows[0]!.accounts.includes(username))
  })

  test('an address is sent no more than so many an hour, and a link for a new password all the same', async () => {
    const person = await newPerson(room)
    for (let sent = 0; sent <= RESET.anHour; sent += 1) assert.equal((await ask(person.email)).status, 200)
    const templates = async (): Promise<string[]> =>
      (await mailsOf(database.db, person.id)).map(({ template }) => template)
    assert.equal((await templates()).length, RESET.anHour)
    assert.equal(
      (await auditOf(database.db, person.id)).at(-1),
      'secure-access.forgotten-username refused throttled by unknown',
    )
    const browser = openBrowser(room.origin)
    await fillIn(browser, await browser.get('/secure-access/forgotten'), { username: person.username })
    await Promise.all(room.following)
    assert.ok((await templates()).includes('reset-password'))
  })

  test('what is no address is said at the field', async () => {
    for (const email of ['', 'sioned', 'a@b.example, c@d.example']) {
      const seen = await ask(email)
      assert.equal(seen.status, 400)
      assert.match(seen.text, /not an e-mail address/)
    }
  })
})
