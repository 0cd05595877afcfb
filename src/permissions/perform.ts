import { z } from 'zod'
import type { AuditOutcome } from '../kit/audit/store.ts'
import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import type { World } from '../world.ts'
import type { Action, Asked } from './action.ts'
import { decide, mayEver, type Actor } from './decide.ts'

/**
 * The one door to every action: read, find, decide, prepare, then one transaction of change and audit row.
 * A refusal leaves an audit row in a transaction of its own. Throws Refusal.
 * @param raw the input as it came, or what reads it, so that what cannot be read is audited too
 */
export async function perform<Input, Subject, Prepared, Answer>(
  world: World,
  actor: Actor,
  action: Action<Input, Subject, Prepared, Answer>,
  raw: object | (() => Promise<object>),
): Promise<Answer> {
  let input: Input | undefined
  try {
    input = readInput(action, typeof raw === 'function' ? await raw() : raw)
    const asked = await decideOn(world, actor, action, input)
    const prepared = (await action.prepare?.(asked)) as Prepared
    return await world.db.transaction().execute(async (tx) => {
      const answer = await action.run({ ...asked, tx, prepared })
      if (action.audited !== 'refusals') {
        await audit(world, tx, actor, action.name, action.auditSubject(asked.input, answer), {
          outcome: 'done',
        })
      }
      return answer
    })
  } catch (error) {
    const subject = input === undefined ? null : action.auditSubject(input, null)
    await auditFailure(world, actor, action.name, subject, error)
    throw error
  }
}

/**
 * What the operator does with `cts` on the machine: no role of the service, so no permission is asked; the audit
 * row stands in the same transaction all the same, and that of a refusal in one of its own.
 */
export async function operate<Answer>(
  world: Pick<World, 'db' | 'audit' | 'clock'>,
  name: string,
  subject: string | null,
  run: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  const write = (tx: Tx, outcome: AuditOutcome, reason: string | null): Promise<void> =>
    world.audit.write(tx, {
      at: world.clock.now(),
      actorKind: 'operator',
      actor: 'operator',
      organisation: null,
      action: name,
      outcome,
      reason,
      subject,
      address: null,
    })
  try {
    return await world.db.transaction().execute(async (tx) => {
      const answer = await run(tx)
      await write(tx, 'done', null)
      return answer
    })
  } catch (error) {
    if (error instanceof Refusal) {
      const reason = error.detail.because ?? error.code
      await world.db.transaction().execute((tx) => write(tx, 'refused', reason))
    }
    throw error
  }
}

function readInput<Input>(action: { input: z.ZodType<Input> }, raw: unknown): Input {
  const read = action.input.safeParse(raw)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.')
  // a key of the sender's own making may hold anything, so the audit names only those of the action
  const because = issue?.code === 'unrecognized_keys' ? 'input' : `input: ${field}`
  throw new Refusal('malformed', 'input', { params: { field: (field ?? '').slice(0, 60) }, because })
}

async function decideOn<Input, Subject, Prepared, Answer>(
  world: World,
  actor: Actor,
  action: Action<Input, Subject, Prepared, Answer>,
  input: Input,
): Promise<Asked<Input, Subject>> {
  const named = typeof action.permission === 'function' ? action.permission(input) : action.permission
  const rows = typeof named === 'string' ? [named] : named
  const now = world.clock.now()
  const held = rows.filter((row) => mayEver(actor, row))
  if (held.length === 0) throw new Refusal('forbidden', 'role', { because: `${rows.join(', ')}: role` })
  const subject = await action.find({ world, actor, input, now })
  if (subject === null) throw new Refusal('not-found', 'not-found', { because: 'unknown' })
  const by = held.find((row) => decide(actor, row, action.business(subject, input, row)).allowed)
  if (by) return { world, actor, input, subject, by, now }
  const because = `${held.join(', ')}: out of reach`
  throw action.outOfReach
    ? new Refusal('forbidden', action.outOfReach, { because })
    : new Refusal('not-found', 'not-found', { because })
}

async function audit(
  world: World,
  tx: Tx,
  actor: Actor,
  name: string,
  subject: string | null,
  { outcome, reason = null }: { outcome: AuditOutcome; reason?: string | null },
): Promise<void> {
  await world.audit.write(tx, {
    at: world.clock.now(),
    actorKind: actor.kind,
    actor: actor.id,
    organisation: actor.organisation,
    action: name,
    outcome,
    reason,
    subject,
    address: actor.address,
  })
}

async function auditFailure(
  world: World,
  actor: Actor,
  name: string,
  subject: string | null,
  error: unknown,
): Promise<void> {
  const refused = error instanceof Refusal
  const reason = refused ? (error.detail.because ?? error.code) : 'error'
  const outcome = refused ? 'refused' : 'failed'
  try {
    await world.db.transaction().execute((tx) => audit(world, tx, actor, name, subject, { outcome, reason }))
  } catch (unwritten) {
    world.log.error({ err: unwritten, action: name, reason }, 'refusal could not be written to the audit')
  }
}
