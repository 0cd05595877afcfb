import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import pino from 'pino'
import { apiOf, JOHN_FROST } from '../../test/api.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { grantSystem, systemFile } from '../../test/systems.ts'
import { newPerson } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { Refusal } from '../kit/refusal.ts'
import { sql } from '../kit/database.ts'
import { grantsOf, listSystems, readSystem } from '../systems/index.ts'
import { systemCommand } from './system.ts'

const EXAMPLES = join(import.meta.dirname, '../../docs/examples')
const COLLECT = join(EXAMPLES, 'system-collect.json')
const DAY = 24 * 60 * 60 * 1000

describe('the file of a system', () => {
  test('is taken as the examples show it', () => {
    for (const name of ['collect', 'key-to-success'])
      assert.equal(readSystem(readFileSync(join(EXAMPLES, `system-${name}.json`), 'utf8')).code, name)
  })

  const good = systemFile()
  const WRONG: [title: string, file: unknown, field: string][] = [
    ['no code', { ...good, code: undefined }, 'code'],
    ['a code that could be an organisation', { ...good, code: '6804020' }, 'code'],
    ['a name in one language', { ...good, name: { en: 'COLLECT' } }, 'name.cy'],
    ['a plain address', { ...good, url: 'http://collect.example.org/' }, 'url'],
    ['no address to come back to', { ...good, redirect_uris: [] }, 'redirect_uris'],
    [
      'an address to come back to with a fragment',
      { ...good, redirect_uris: ['https://a.example/#b'] },
      'redirect_uris.0',
    ],
    ['an address that is a script', { ...good, redirect_uris: ['javascript:alert(1)'] }, 'redirect_uris.0'],
    [
      'a password in an address',
      { ...good, backchannel_logout_uri: 'https://a:b@c.example/' },
      'backchannel_logout_uri',
    ],
    ['no roles', { ...good, roles: [] }, 'roles'],
    ['two roles of one code', { ...good, roles: [good.roles[0], good.roles[0]] }, 'roles'],
    ['a role for nobody', { ...good, roles: [{ ...good.roles[0], kinds: [] }] }, 'roles.0.kinds'],
    ['a role for pupils', { ...good, roles: [{ ...good.roles[0], kinds: ['pupil'] }] }, 'roles.0.kinds.0'],
    ['more than there is', { ...good, secret: 'x' }, 'file'],
    ['a list', [good], 'file'],
  ]
  for (const [title, file, field] of WRONG) {
    test(`is refused with ${title}, naming ${field}`, () => {
      assert.throws(
        () => readSystem(JSON.stringify(file)),
        (error: unknown) =>
          error instanceof Refusal &&
          error.code === 'system-file' &&
          error.detail.params?.['field'] === field,
      )
    })
  }

  test('is refused when it is no JSON', () => {
    assert.throws(() => readSystem('{'), { code: 'system-file' })
  })
})

forEachDatabase((name) => {
  let server: TestServer
  let remarked: string[]

  before(async () => {
    server = await openTestServer(name, { log: pino({ level: 'silent' }) })
  })
  after(() => server.close())

  /** Runs `cts system …` and gives what it printed. */
  async function cts(...args: string[]): Promise<string[]> {
    const printed: string[] = []
    remarked = []
    const command = systemCommand({
      operator: (run) => run(server.world),
      print: (line) => printed.push(line),
      remark: (line) => remarked.push(line),
    })
    await command.parseAsync(args, { from: 'user' })
    return printed
  }
  const secretIn = ([line = '']: string[]): { client_id: string; client_secret: string } => {
    const [, client_id, client_secret] =
      /^\{"client_id":"(system-[\w-]{22})","client_secret":"([\w-]{43})"\}$/.exec(line) ?? []
    assert.ok(client_id && client_secret, line)
    return { client_id, client_secret }
  }
  const codes = async (): Promise<string[]> => (await listSystems(server.world.db)).map(({ code }) => code)

  test('a system is in no list before it is connected, and works from then on without a restart', async () => {
    assert.deepEqual(await codes(), [])
    const made = secretIn(await cts('create', COLLECT))
    assert.match(remarked[0]!, /COLLECT is connected/)
    assert.deepEqual(await codes(), ['collect'])
    const api = apiOf(server, { token: await server.token(made.client_id, made.client_secret) })
    assert.equal((await api.call('GET', '/api/v1/people/x/organisations')).status, 404)
    await assert.rejects(cts('create', COLLECT), { code: 'system-exists' })
    const [line] = await cts('list')
    assert.equal(line, `collect  ${made.client_id}  COLLECT  0 people have access`)
    assert.ok(!JSON.stringify(await cts('list', '--json')).includes(made.client_secret))
  })

  test('a new secret works at once, the former one for the days of the overlap and no longer', async () => {
    await cts('remove', 'collect')
    const first = secretIn(await cts('create', COLLECT))
    const second = secretIn(await cts('rotate', 'collect'))
    assert.equal(second.client_id, first.client_id)
    assert.match(remarked[0]!, /7 days/)
    for (const one of [first, second]) await server.token(one.client_id, one.client_secret)
    server.clock.advance(7 * DAY)
    await assert.rejects(server.token(first.client_id, first.client_secret), /401/)
    await server.token(second.client_id, second.client_secret)
  })

  test('a change keeps accesses but those whose role is gone or no longer for their kind of organisation', async () => {
    const person = await newPerson(server, { organisation: JOHN_FROST, role: 'school-user' })
    await grantSystem(server, person, 'collect', ['school-census'])
    const file = systemFile({ name: { en: 'Collecting', cy: 'Casglu' } })
    const path = join(server.world.config.dataDir, 'changed.json')
    const change = async (roles: typeof file.roles): Promise<string[]> => {
      writeFileSync(path, JSON.stringify({ ...file, roles }))
      await cts('change', path)
      const grants = await grantsOf(server.world.db, { person: person.id, organisation: JOHN_FROST })
      return grants.map(({ role }) => role)
    }
    assert.deepEqual(await change(file.roles), ['school-census'])
    assert.equal((await listSystems(server.world.db))[0]?.nameCy, 'Casglu')
    assert.deepEqual(await change([{ ...file.roles[0]!, kinds: ['authority'] }]), [])
    assert.match(remarked[0]!, /One access ended/)
    assert.deepEqual(await change(file.roles), [], 'nothing comes back by itself')
    await grantSystem(server, person, 'collect', ['school-census'])
    assert.deepEqual(await change([file.roles[1]!]), [])
  })

  test('a system that is removed is gone at once; each step stands in the audit, a refused one too', async () => {
    const [before] = JSON.parse((await cts('list', '--json'))[0]!) as { client_id: string }[]
    await cts('remove', 'collect')
    assert.deepEqual(await codes(), [])
    assert.match((await cts('list'))[0]!, /removed 2026-09-/)
    for (const args of [
      ['remove', 'collect'],
      ['rotate', 'collect'],
      ['change', COLLECT],
    ])
      await assert.rejects(cts(...args), { code: 'system-unknown' })
    const again = secretIn(await cts('create', COLLECT))
    assert.notEqual(again.client_id, before!.client_id)
    const { rows } = await sql<{ row: string }>`
      select distinct action || ' ' || actor_kind || ' ' || outcome as row from kit.audit
      where subject = 'collect' order by 1`.execute(server.world.db)
    assert.deepEqual(
      rows.map(({ row }) => row),
      [
        'systems.change operator done',
        'systems.change operator refused',
        'systems.create operator done',
        'systems.create operator refused',
        'systems.remove operator done',
        'systems.remove operator refused',
        'systems.rotate-secret operator done',
        'systems.rotate-secret operator refused',
      ],
    )
  })

  test('a file that is not there is said in words', async () => {
    await assert.rejects(cts('create', '/nowhere.json'), /\/nowhere\.json cannot be opened/)
  })
})
