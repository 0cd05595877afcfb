import { livePerson } from '../accounts/index.ts'
import {
  authorityOf,
  bothNames,
  changeRegister,
  DEPARTMENT,
  findDetails,
  refuseChange,
  type Changed,
  type ListedProposal,
  type RegisterChange,
} from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { inBoth, type InBoth } from '../kit/i18n.ts'
import { londonDate } from '../kit/london-date.ts'
import { dateInWords } from '../kit/pages/dates.ts'
import type { Actor } from '../permissions/decide.ts'
import type { World } from '../world.ts'
import { tellChanges, tellOrganisation } from './tell.ts'

/** What a change needs of an action under way. */
interface Changing {
  world: World
  tx: Tx
  actor: Actor
  now: Date
}

const onDate = (date: string): InBoth => ({
  en: dateInWords(new Date(date), 'en'),
  cy: dateInWords(new Date(date), 'cy'),
})

const namedWithCode = (names: InBoth, code: string): InBoth => ({
  en: `${names.en} (${code})`,
  cy: `${names.cy} (${code})`,
})

/** A change as a sentence, in both languages. */
export function sentenceOf(change: Omit<ListedProposal, 'state'>): InBoth {
  const { kind, code, nameEn, nameCy, presentEn, presentCy, successor, successorEn, successorCy, date } =
    change
  const named = (en: string | null, cy: string | null): InBoth | null =>
    en === null ? null : bothNames({ nameEn: en, nameCy: cy })
  const next = successor === null ? null : (named(successorEn, successorCy) ?? { en: '', cy: '' })
  const to = named(nameEn, nameCy)
  const params = {
    school: namedWithCode((kind === 'new' ? to : named(presentEn, presentCy)) ?? { en: '', cy: '' }, code),
    name: to ?? '',
    successor: next === null ? '' : namedWithCode(next, successor!),
    date: onDate(date),
  }
  const key = kind === 'close' && next === null ? 'closeOnly' : kind
  return inBoth(`pages.dba.register.sentence.${key}`, params)
}

/**
 * Makes a change of the register on its date: at once where that has come, and then the schools are told; else it is only
 * looked whether it could be made, and a new school stands in the register as proposed.
 */
export async function takeEffect(changing: Changing, change: RegisterChange): Promise<void> {
  const { tx, now } = changing
  const isDue = stateOn(change.date, now) === 'applied'
  if (!isDue && change.kind !== 'new') await refuseChange(tx, change)
  else {
    const changed = await changeRegister(tx, change, londonDate(now))
    if (isDue) await tellSchools(changing, change, changed)
  }
}

/** What becomes of a change that is decided now: it is made, or waits for its date. */
export function stateOn(date: string, now: Date): 'confirmed' | 'applied' {
  return date <= londonDate(now) ? 'applied' : 'confirmed'
}

/** Tells a school at its own address what the register says of it now, and its successor that it follows. */
async function tellSchools(
  { world, tx, actor }: Changing,
  { kind, code, date }: RegisterChange,
  { before, after, successor }: Changed,
): Promise<void> {
  if (!before) return
  if (kind === 'rename') {
    const changes = { nameEn: after.nameEn, nameCy: after.nameCy }
    const details = (await findDetails(tx, code))!
    const was = { ...details, nameEn: before.nameEn, nameCy: before.nameCy }
    await tellChanges(world, tx, { before: was, changes, template: 'school-changed', by: actor })
    return
  }
  if (kind === 'new') return
  const next = successor
    ? inBoth('pages.dba.register.followedBy', { name: bothNames(successor), code: successor.code })
    : inBoth('pages.dba.register.notFollowed')
  const told = { organisation: before, by: actor, params: { date: onDate(date), next } }
  await tellOrganisation(world, tx, { ...told, template: 'school-closed' })
  if (!successor) return
  const params = { date: onDate(date), closed: bothNames(before) }
  await tellOrganisation(world, tx, {
    organisation: successor,
    by: actor,
    params,
    template: 'school-follows',
  })
}

/** Tells the national administration, at its own address, that a proposal awaits it. */
export async function tellProposed({ world, tx, actor }: Changing, proposal: ListedProposal): Promise<void> {
  const organisation = (await findDetails(tx, DEPARTMENT))!
  const params = { change: sentenceOf(proposal) }
  await tellOrganisation(world, tx, { organisation, by: actor, params, template: 'authority-proposal' })
}

/**
 * Tells whoever proposed a change, and the LA at its own address, what was decided. Never the reason, which is somebody's
 * own words: it stands with the proposal.
 */
export async function tellDecided(
  { world, tx, actor }: Changing,
  proposal: ListedProposal,
  outcome: 'confirmed' | 'declined',
): Promise<void> {
  const template = `authority-proposal-${outcome}`
  const organisation = (await findDetails(tx, authorityOf(proposal.code)))!
  const params = { change: sentenceOf(proposal) }
  await tellOrganisation(world, tx, { organisation, by: actor, params, template })
  const person = await livePerson(tx, proposal.proposedBy)
  // one mail to an address that is both
  if (!person || person.email.toLowerCase() === organisation.email?.toLowerCase()) return
  const { email, name, language } = person
  await tellOrganisation(world, tx, {
    organisation: { ...organisation, email, language },
    by: actor,
    params,
    template,
    name,
  })
}
