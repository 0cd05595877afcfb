import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { blankOrganisation } from './differences.ts'
import { authorityOf, changeProblem, sectorOfNumber, supplierAfter, type MailLanguage } from './rules.ts'
import { lockRegister, readOrganisations, saveLinks, saveOrganisations, type Organisation } from './store.ts'
import { lastSupplier } from './suppliers-store.ts'

/** What becomes of a school: it opens, closes, is merged into another, or is called something else. */
export const CHANGE_KINDS = ['new', 'close', 'merge', 'rename'] as const

/** A change of the register by hand. */
export interface RegisterChange {
  kind: (typeof CHANGE_KINDS)[number]
  /** Seven digits. */
  code: string
  /** The names that it is to have: of a new school and a renamed one. */
  nameEn: string | null
  nameCy: string | null
  town: string | null
  /** The school that takes its pupils over: of a merged one, and of a closed one where there is one. */
  successor: string | null
  /** CCYY-MM-DD: from when on. */
  date: string
}

/** What a change did: the school before (null: new) and after, and the one that follows it. */
export interface Changed {
  before: Organisation | null
  after: Organisation
  successor: Organisation | null
}

/**
 * Throws the refusal (409) that says why a change cannot be made; otherwise gives the school and its successor as they
 * are now.
 * @param announced codes of schools that are proposed and not yet in the register: they may be named as successors
 */
export async function refuseChange(
  tx: Tx,
  change: RegisterChange,
  announced: readonly string[] = [],
): Promise<{ known: Map<string, Organisation> }> {
  const { code, successor } = change
  const known = await readOrganisations(tx, [code, authorityOf(code), ...(successor ? [successor] : [])])
  const problem = changeProblem(change, {
    authority: known.has(authorityOf(code)),
    school: known.get(code)?.status ?? null,
    successor: successor === null ? null : (known.get(successor)?.status ?? null),
    announced: successor !== null && announced.includes(successor),
  })
  if (problem) {
    const params = { code, successor: successor ?? '', la: code.slice(0, 3) }
    throw new Refusal('conflict', `register-${problem}`, { params })
  }
  return { known }
}

/**
 * Changes the register by hand, with its links, and the finder follows. A school that is to open later is in it from now
 * on, as proposed. Closing and names are marked as corrected, so that an older list does not undo them.
 * @param today CCYY-MM-DD
 */
export async function changeRegister(tx: Tx, change: RegisterChange, today: string): Promise<Changed> {
  await lockRegister(tx)
  const { known } = await refuseChange(tx, change)
  const { code, kind, date } = change
  const before = known.get(code) ?? null
  const after = changed(before ?? blankOrganisation(code, ''), change, today)
  const successor = change.successor === null ? null : known.get(change.successor)!
  await saveOrganisations(tx, [after], known)
  if (successor) {
    const type = kind === 'merge' ? 'merged' : 'successor'
    await saveLinks(tx, [{ from: code, to: successor.code, type, date }])
  }
  return { before, after, successor }
}

function changed(school: Organisation, change: RegisterChange, today: string): Organisation {
  const { kind, code, nameEn, nameCy, town, date } = change
  const marked = (...fields: string[]): string[] => [...new Set([...school.corrected, ...fields])]
  switch (kind) {
    case 'new': {
      const status = date > today ? 'proposed' : 'open'
      const sector = school.sector ?? sectorOfNumber(code)
      const typed = { nameEn: nameEn!, nameCy, town: town ?? school.town }
      // what somebody corrected while it was proposed stays
      const kept = Object.fromEntries(
        Object.entries(typed).filter(([field]) => !school.corrected.includes(field)),
      )
      return { ...school, ...kept, sector, status, opened: date }
    }
    case 'rename':
      return { ...school, nameEn: nameEn!, nameCy, corrected: marked('nameEn', 'nameCy') }
    default:
      return { ...school, status: 'closed', closed: date, corrected: marked('status') }
  }
}

/** Adds a software supplier under the next free code (guidance for local authorities §5.5); gives it. */
export async function addSupplier(
  tx: Tx,
  { name, email, language }: { name: string; email: string | null; language: MailLanguage },
): Promise<Organisation> {
  await lockRegister(tx)
  const code = supplierAfter(await lastSupplier(tx))
  if (code === null) throw new Refusal('conflict', 'register-suppliers-full')
  const supplier = { ...blankOrganisation(code, name), email, language }
  await saveOrganisations(tx, [supplier], new Map())
  return supplier
}
