import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { forEachDatabase, type TestDatabase } from '../../test/world.ts'
import { sql } from './database.ts'
import { masterKeys, openSecrets } from './secrets.ts'
import { publishedKeys, renewSigningKeys, signingKeyNames, signingKeys } from './signing-keys.ts'

const at = (iso: string): Date => new Date(`${iso}:00Z`)

describe('of keys that follow one another', () => {
  const first = { name: 'first', madeAt: at('2026-01-01T12:00') }
  const second = { name: 'second', madeAt: at('2026-04-01T12:00') }
  const third = { name: 'third', madeAt: at('2026-04-01T18:00') }
  const CASES: [title: string, keys: (typeof first)[], now: string, published: string[]][] = [
    ['there are none before the first', [], '2026-01-01T12:00', []],
    ['the very first signs at once', [first], '2026-01-01T12:00', ['first']],
    [
      'a successor is published and does not sign for a day',
      [first, second],
      '2026-04-02T11:59',
      ['first', 'second'],
    ],
    [
      'then it signs, and the former one stays published',
      [first, second],
      '2026-04-02T12:00',
      ['second', 'first'],
    ],
    [
      'as long as a sign-in that it proved can last',
      [first, second],
      '2026-04-03T12:59',
      ['second', 'first'],
    ],
    ['and no longer', [first, second], '2026-04-03T13:00', ['second']],
    [
      'two made within a day take their turns',
      [first, second, third],
      '2026-04-02T13:00',
      ['second', 'third', 'first'],
    ],
    ['each with what it signed', [first, second, third], '2026-04-03T12:30', ['third', 'first', 'second']],
  ]
  for (const [title, keys, now, published] of CASES) {
    test(title, () => {
      assert.deepEqual(
        publishedKeys(keys, at(now)).map(({ name }) => name),
        published,
      )
    })
  }
})

forEachDatabase((_name, open) => {
  let database: TestDatabase
  before(async () => void (database = await open()))
  after(() => database.close())

  /** What a process that has just started finds. */
  async function published(iso: string): Promise<string[]> {
    const { db } = database
    const secrets = await openSecrets(db, masterKeys(['a key for tests only, never one for service']))
    return (await signingKeys({ db, secrets }, at(iso))).map(({ kid }) => kid)
  }
  const renew = (iso: string, early = false): Promise<boolean> =>
    database.db.transaction().execute((tx) => renewSigningKeys(tx, at(iso), { early }))

  test('before the service has started nothing is renewed', async () => {
    assert.equal(await renew('2026-01-01T11:00', true), false)
    assert.deepEqual(await signingKeyNames(database.db, at('2026-01-01T11:00')), [])
  })

  test('processes that start side by side share the first key, and a restart keeps it', async () => {
    const [[one], [other]] = await Promise.all([published('2026-01-01T12:00'), published('2026-01-01T12:00')])
    assert.ok(one !== undefined && one === other)
    assert.deepEqual(await published('2026-01-02T12:00'), [one])
  })

  test('after 90 days there is a successor, and what no longer serves is destroyed', async () => {
    const [first] = await published('2026-01-01T12:00')
    assert.equal(await renew('2026-04-01T11:59'), false)
    assert.equal(await renew('2026-04-01T12:00'), true)
    assert.equal(await renew('2026-04-01T12:01'), false)
    const [still, second] = await published('2026-04-01T12:02')
    assert.equal(still, first)
    assert.deepEqual(await published('2026-04-02T12:00'), [second, first])
    await renew('2026-04-03T13:00')
    assert.deepEqual(await published('2026-04-03T13:00'), [second])
    const { rows } = await sql`select name from kit.secret`.execute(database.db)
    assert.equal(rows.length, 1)
    assert.equal(await renew('2026-04-03T14:00', true), true)
  })
})
