import type { Tx } from '../kit/database.ts'
import type { World } from '../world.ts'

/** A step of somebody's session. */
interface SessionStep {
  action: 'sessions.begin' | 'sessions.choose-organisation' | 'sessions.end'
  person: string
  /** Null while none is chosen. */
  organisation: string | null
  /** The network address that it came from. */
  address: string
}

/** Writes a step of a session into the audit, in the transaction of what it is about. */
export function writeSessionStep(
  { audit, clock }: Pick<World, 'audit' | 'clock'>,
  tx: Tx,
  { action, person, organisation, address }: SessionStep,
): Promise<void> {
  return audit.write(tx, {
    at: clock.now(),
    actorKind: 'person',
    actor: person,
    organisation,
    action,
    outcome: 'done',
    reason: null,
    subject: null,
    address,
  })
}
