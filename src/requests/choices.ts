import { findIn } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import type { InBoth } from '../kit/i18n.ts'
import { Refusal } from '../kit/refusal.ts'

/** As many as can be looked through; who searches more exactly sees fewer. */
const SHOWN = 20

/** An organisation that somebody may mean. */
export interface Choice {
  code: string
  name: InBoth
  town: string | null
  authority: InBoth | null
}

/** What was found, and whether there is more. */
export interface Choices {
  items: Choice[]
  more: boolean
}

/** The organisations that somebody may mean by a name, a number, a town or a postcode; none that is closed. */
export async function findChoices(tx: Tx, q: string): Promise<Choices> {
  try {
    const { items, next } = await findIn(tx, { q, la: '' })
    const open = items.filter(({ status, kind }) => status !== 'closed' && kind !== 'department')
    const choices = open.map(({ code, name, nameCy, town, kind, laName, laNameCy }) => ({
      code,
      name: { en: name, cy: nameCy ?? name },
      town,
      authority: kind === 'school' && laName ? { en: laName, cy: laNameCy ?? laName } : null,
    }))
    return { items: choices.slice(0, SHOWN), more: next !== null || choices.length > SHOWN }
  } catch (error) {
    // a school that the register lacks is not found; whoever asks cannot load it
    if (error instanceof Refusal && error.code === 'register-not-loaded') return { items: [], more: false }
    throw error
  }
}
