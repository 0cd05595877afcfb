import type { Tx } from '../kit/database.ts'
import type { World } from '../world.ts'

/** A step of somebody's session. */
interface SessionStep {
  action: 'sessions.bind' | 'sessions.begin' | 'sessions.choose-organisation' | 'sessions.end'
  /** Null where nobody knows whose. */
  person: string | null
  /** Null while none is chosen. */
  organisation: string | null
  /** Why it was refused; left out where it was done. */
  refused?: string
  /** The network address that it came from. */
  address: string
}

/** Writes a step of a session into the audit, in the transaction of what it is about. */
export function writeSessionStep(
  { audit, clock }: Pick<World, 'audit' | 'clock'>,
  tx: Tx,
  { action, person, organisation, refused, address }: SessionStep,
): Promise<void> {
  return audit.write(tx, {
    at: clock.now(),
    actorKind: 'person',
    actor: person ?? 'unknown',
    organisation,
    action,
    outcome: refused === undefined ? 'done' : 'refused',
    reason: refused ?? null,
    subject: null,
    address,
  })
}
