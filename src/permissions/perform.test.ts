import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { pino } from 'pino'
import { z } from 'zod'
import { openAudit } from '../kit/audit/store.ts'
import { sql } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { masterKeys, openSecrets } from '../kit/secrets.ts'
import type { World } from '../world.ts'
import { forEachDatabase, testClock, type TestDatabase } from '../../test/world.ts'
import { action, type Action } from './action.ts'
import type { Actor } from './decide.ts'
import { operate, perform } from './perform.ts'

const SCHOOL = '6804020'
const actor: Actor = {
  kind: 'client',
  id: 'client-1',
  name: 'MIS of the school',
  organisation: SCHOOL,
  roles: ['school-user'],
  address: '192.0.2.7',
}

interface Thing {
  owner: string
}
type Step = Action<{ id: string }, Thing, string, { id: string }>

forEachDatabase((_name, open) => {
  let database: TestDatabase
  let world: World
  let steps: string[]
  const logged: string[] = []

  before(async () => {
    database = await open()
    const { db, dataDir } = database
    const clock = testClock('2026-09-02T09:05:00Z')
    const secrets = await openSecrets(db, masterKeys(['a key for tests only, never one for service']))
    const log = pino({}, { write: (line: string) => logged.push(line) })
    const part: Partial<World> = { db, clock, log, audit: await openAudit({ db, secrets, clock, dataDir }) }
    world = part as World
    await sql`create table public.done (id text)`.execute(db)
  })
  after(() => database.close())
  beforeEach(async () => {
    steps = []
    logged.length = 0
    await sql`delete from public.done`.execute(database.db)
  })

  /** Files a thing that is a school's; records its steps. */
  const file = (changes: Partial<Step> = {}): Step =>
    action<{ id: string }, Thing, { id: string }, string>({
      name: 'room.file',
      permission: 'send-ctf',
      input: z.strictObject({ id: z.string().max(9) }),
      find: ({ input }) => {
        steps.push('find')
        return Promise.resolve(
          input.id === 'unknown' ? null : { owner: input.id === 'foreign' ? '6814039' : SCHOOL },
        )
      },
      business: ({ owner }) => {
        steps.push('business')
        return [owner]
      },
      prepare: async () => {
        steps.push('prepare')
        await sql`select 1`.execute(database.db)
        return 'ready'
      },
      run: async ({ tx, input, prepared }) => {
        steps.push(`run ${prepared}`)
        await sql`insert into public.done values (${input.id})`.execute(tx)
        return { id: input.id }
      },
      auditSubject: (input, answer) => (answer ? `new ${answer.id}` : input.id),
      ...changes,
    })

  const done = async (): Promise<string[]> =>
    (await sql<{ id: string }>`select id from public.done`.execute(database.db)).rows.map(({ id }) => id)

  const audit = async (name: string): Promise<object[]> =>
    (
      await sql<object>`
        select actor_kind, actor, organisation, outcome, reason, subject, address
        from kit.audit where action = ${name} order by id`.execute(database.db)
    ).rows

  const row = (outcome: string, reason: string | null, subject: string | null): object => ({
    actor_kind: 'client',
    actor: 'client-1',
    organisation: SCHOOL,
    outcome,
    reason,
    subject,
    address: '192.0.2.7',
  })

  /** Refused: the refusal, what was done, and the audit rows. */
  const refused = async (
    one: Step,
    raw: Parameters<typeof perform>[3],
    who = actor,
  ): Promise<{ refusal: Refusal; rows: object[] }> => {
    const refusal: unknown = await perform(world, who, one, raw).catch((error: unknown) => error)
    assert.ok(refusal instanceof Refusal)
    assert.deepEqual(await done(), [])
    return { refusal, rows: await audit(one.name) }
  }

  test('an action is read, found, decided, prepared and run, and leaves its audit row', async () => {
    assert.deepEqual(await perform(world, actor, file(), { id: 'a' }), { id: 'a' })
    assert.deepEqual(steps, ['find', 'business', 'prepare', 'run ready'])
    assert.deepEqual(await done(), ['a'])
    assert.deepEqual(await audit('room.file'), [row('done', null, 'new a')])
  })

  test('input that is not right is refused before anything is looked up', async () => {
    const { refusal, rows } = await refused(file({ name: 'room.malformed' }), { id: 'a', other: 1 })
    assert.deepEqual(
      [refusal.status, refusal.code, refusal.detail.params],
      [400, 'input', { field: 'other' }],
    )
    assert.deepEqual(steps, [])
    assert.deepEqual(rows, [row('refused', 'input', null)])
  })

  test('input that cannot even be read is refused with an audit row', async () => {
    const reading = (): Promise<object> => Promise.reject(new Refusal('malformed', 'json'))
    const { refusal, rows } = await refused(file({ name: 'room.unread' }), reading)
    assert.deepEqual([refusal.code, steps], ['json', []])
    assert.deepEqual(rows, [row('refused', 'json', null)])
  })

  test('a role that may never is answered 403 before the thing is looked up', async () => {
    const who: Actor = { ...actor, roles: ['approver', 'lea-plasc'] }
    const { refusal, rows } = await refused(file({ name: 'room.role' }), { id: 'a' }, who)
    assert.deepEqual([refusal.status, refusal.code], [403, 'role'])
    assert.deepEqual(steps, [])
    assert.deepEqual(rows, [row('refused', 'send-ctf: role', 'a')])
  })

  test('unknown and out of reach are one answer, 404; only the audit knows which it was', async () => {
    const unknown = await refused(file({ name: 'room.unknown' }), { id: 'unknown' })
    assert.deepEqual(steps, ['find'])
    const foreign = await refused(file({ name: 'room.foreign' }), { id: 'foreign' })
    assert.deepEqual(steps, ['find', 'find', 'business'])
    const shown = ({ refusal }: { refusal: Refusal }): unknown => [
      refusal.status,
      refusal.code,
      refusal.detail.params,
    ]
    assert.deepEqual(shown(unknown), [404, 'not-found', undefined])
    assert.deepEqual(shown(foreign), shown(unknown))
    assert.deepEqual(unknown.rows, [row('refused', 'unknown', 'unknown')])
    assert.deepEqual(foreign.rows, [row('refused', 'send-ctf: out of reach', 'foreign')])
  })

  test('an action may say that a thing is not theirs, where its existence is no secret', async () => {
    const one = file({ name: 'room.source', outOfReach: 'source-not-yours' })
    const { refusal } = await refused(one, { id: 'foreign' })
    assert.deepEqual([refusal.status, refusal.code], [403, 'source-not-yours'])
  })

  test('any of several permissions is enough, and run is told which it was', async () => {
    const by: string[] = []
    const one = file({
      name: 'room.several',
      permission: ['deposit-in-lpd', 'collect-ctf'],
      business: (_subject, _input, permission) => (permission === 'collect-ctf' ? [SCHOOL] : ['6814039']),
      run: ({ by: permission, input }) => {
        by.push(permission)
        return Promise.resolve(input)
      },
    })
    await perform(world, actor, one, { id: 'a' })
    await assert.rejects(perform(world, { ...actor, roles: ['lea-plasc'] }, one, { id: 'a' }), {
      code: 'role',
    })
    assert.deepEqual(by, ['collect-ctf'])
  })

  test('a refusal by the action itself undoes what it wrote and leaves the audit row alone', async () => {
    const run: Step['run'] = async ({ tx }) => {
      await sql`insert into public.done values ('half')`.execute(tx)
      throw new Refusal('conflict', 'name-taken', { because: 'the true reason' })
    }
    const { refusal, rows } = await refused(file({ name: 'room.late', run }), { id: 'a' })
    assert.equal(refusal.status, 409)
    assert.deepEqual(rows, [row('refused', 'the true reason', 'a')])
  })

  test('a fault undoes what was written, and its text stays out of the audit', async () => {
    const run: Step['run'] = async ({ tx }) => {
      await sql`insert into public.done values ('half')`.execute(tx)
      throw new Error('Owen Jones')
    }
    await assert.rejects(perform(world, actor, file({ name: 'room.fault', run }), { id: 'a' }), /Owen Jones/)
    assert.deepEqual(await done(), [])
    assert.deepEqual(await audit('room.fault'), [row('failed', 'error', 'a')])
  })

  test('reading that would flood the audit leaves a row only when refused', async () => {
    const one = file({ name: 'room.read', audited: 'refusals' })
    await perform(world, actor, one, { id: 'a' })
    await sql`delete from public.done`.execute(database.db)
    const { rows } = await refused(one, { id: 'unknown' })
    assert.deepEqual(rows, [row('refused', 'unknown', 'unknown')])
  })

  test('what cannot be written to the audit does not happen', async () => {
    await sql`alter table kit.audit add constraint broken check (action <> 'room.unaudited')`.execute(
      database.db,
    )
    await assert.rejects(perform(world, actor, file({ name: 'room.unaudited' }), { id: 'a' }), /broken/)
    assert.deepEqual(steps, ['find', 'business', 'prepare', 'run ready'])
    assert.deepEqual(await done(), [])
    const operated = operate(world, 'room.unaudited', null, (tx) =>
      sql`insert into public.done values ('b')`.execute(tx),
    )
    await assert.rejects(operated, /broken/)
    assert.deepEqual(await done(), [])
  })

  test('a refusal that cannot be written to the audit is still a refusal, and the log says so', async () => {
    const { refusal, rows } = await refused(file({ name: 'room.unaudited' }), { id: 'unknown' })
    assert.equal(refusal.status, 404)
    assert.deepEqual(rows, [])
    assert.match(
      logged.join(''),
      /"action":"room.unaudited","reason":"unknown","msg":"refusal could not be written/,
    )
  })

  test('what the operator does on the machine is written to the audit with the change', async () => {
    await operate(world, 'room.operate', 'x', (tx) => sql`insert into public.done values ('x')`.execute(tx))
    assert.deepEqual(await done(), ['x'])
    const operator = {
      ...row('done', null, 'x'),
      actor_kind: 'operator',
      actor: 'operator',
      organisation: null,
    }
    assert.deepEqual(await audit('room.operate'), [{ ...operator, address: null }])
  })

  test('what the operator is refused leaves its row, and no change', async () => {
    const before = await done()
    const refused = operate(world, 'room.operate-refused', 'y', async (tx) => {
      await sql`insert into public.done values ('y')`.execute(tx)
      throw new Refusal('not-found', 'client-unknown')
    })
    await assert.rejects(refused, Refusal)
    assert.deepEqual(await done(), before)
    assert.deepEqual(await audit('room.operate-refused'), [
      {
        ...row('refused', 'client-unknown', 'y'),
        actor_kind: 'operator',
        actor: 'operator',
        organisation: null,
        address: null,
      },
    ])
  })
})
