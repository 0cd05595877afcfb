import { DEPARTMENT, dueProposals } from '../establishments/index.ts'
import { londonDate } from '../kit/london-date.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Actor } from '../permissions/decide.ts'
import { perform } from '../permissions/perform.ts'
import type { World } from '../world.ts'
import { applyProposal } from './register.ts'
import { forgetUploads } from './uploads.ts'

/** The service itself, which makes the changes that the national administrator confirmed. */
const BY_CLOCK: Actor = {
  kind: 'service',
  id: 'dba-register',
  name: 'Common Transfer System',
  organisation: DEPARTMENT,
  roles: ['national-administrator'],
  address: null,
}

/**
 * Makes every confirmed change whose date has come; one that cannot be made any more keeps none of the others back, and
 * the list of the register says that it is overdue.
 */
export async function applyDueChanges(world: World): Promise<void> {
  for (const id of await dueProposals(world.db, londonDate(world.clock.now()))) {
    try {
      await perform(world, BY_CLOCK, applyProposal, { id })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      world.log.warn({ id, code: error.code }, 'a confirmed change of the register could not be made')
    }
  }
}

/** What this room does by the clock: changes of the register on their date, uploaded lists that nobody imported. */
export function workByClock(world: World): void {
  world.jobs.every('dba-register', '5 * * * *', async () => {
    await applyDueChanges(world)
    await forgetUploads(world)
  })
}
