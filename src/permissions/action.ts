import type { z } from 'zod'
import type { Tx } from '../kit/database.ts'
import type { World } from '../world.ts'
import type { Actor } from './decide.ts'
import type { Permission } from './table.ts'

/** What an action's steps are given before the transaction. */
export interface Asked<Input, Subject> {
  world: World
  actor: Actor
  input: Input
  subject: Subject
  /** The row of the permission table that allowed it. */
  by: Permission
  now: Date
}

/** What `run` is given: the same, and the transaction that its writes, the audit row and queued mail share. */
export interface Running<Input, Subject, Prepared> extends Asked<Input, Subject> {
  tx: Tx
  prepared: Prepared
}

/**
 * The unit of the product: one thing that somebody may do. Pages, API, command line and jobs share it and differ
 * only in the answer. `perform` is the only way to run one.
 */
export interface Action<Input, Subject, Prepared, Answer> {
  /** As it stands in the audit: room.verb, such as `transfers.upload`. */
  name: string
  /** The rows of the permission table, any of which is enough; a function where they depend on what is asked. */
  permission: Permission | readonly Permission[] | ((input: Input) => Permission)
  /** Reads the raw input; what it refuses is answered 400. */
  input: z.ZodType<Input>
  /** `refusals`: reading that would flood the audit leaves a row only when refused. Default: always. */
  audited?: 'always' | 'refusals'
  /** A grave step: in front of a page the person signs in again, unless that was minutes ago. */
  asksAgain?: true
  /** Code of the 403 for a thing out of reach; without it the answer is 404, which keeps its existence to itself. */
  outOfReach?: string
  /** Finds the thing acted on; null is answered 404. */
  find(asked: { world: World; actor: Actor; input: NoInfer<Input>; now: Date }): Promise<Subject | null>
  /** Codes of the organisations whose business it is, under the given row. */
  business(subject: Subject, input: NoInfer<Input>, by: Permission): readonly string[]
  /** Long work before the transaction, so that none is held open by it: reading a body, checking a file. */
  prepare?(asked: Asked<Input, Subject>): Promise<Prepared>
  /** The change itself, in the transaction. */
  run(running: Running<Input, Subject, Prepared>): Promise<Answer>
  /** Identifier of the thing, for the audit; never pupil data. */
  auditSubject(input: NoInfer<Input>, answer: Answer | null): string | null
}

/** Writes an action down with its types inferred. */
export function action<Input, Subject, Answer, Prepared = undefined>(
  spec: Action<Input, Subject, Prepared, Answer>,
): Action<Input, Subject, Prepared, Answer> {
  return spec
}
