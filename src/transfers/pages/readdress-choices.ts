import {
  DEPARTMENT,
  establishmentName,
  findEstablishmentsAction,
  kindOfCode,
  type FoundEstablishment,
} from '../../establishments/index.ts'
import type { Language } from '../../kit/i18n.ts'
import type { PageExchange } from '../../permissions/page.ts'
import { perform } from '../../permissions/perform.ts'
import type { FileRow } from '../store.ts'

/** As many as can be looked through; who searches more exactly sees fewer. */
const CHOICES_SHOWN = 20

/** Somewhere that a file may go. */
export interface Choice {
  code: string
  name: string
  place: string
  /** The closed school that this one follows, by name; empty for one that was found itself. */
  follows: string
  /** It rejected this file. */
  refused: boolean
}

/** Where a file may go, by what somebody looks for; a closed school is given by those that follow it. */
export async function readdressChoices(
  q: string,
  file: FileRow,
  { world, visit, language }: PageExchange,
): Promise<{ choices: Choice[]; more: boolean }> {
  const { items, next } = await perform(world, visit.actor, findEstablishmentsAction, { q })
  const all = items.flatMap((one) => choicesOf(one, file, language))
  const byCode = new Map(all.reverse().map((one) => [one.code, one]))
  const choices = [...byCode.values()].reverse()
  return { choices: choices.slice(0, CHOICES_SHOWN), more: next !== null || choices.length > CHOICES_SHOWN }
}

function choicesOf(one: FoundEstablishment, file: FileRow, language: Language): Choice[] {
  const name = establishmentName({ nameEn: one.name, nameCy: one.nameCy }, language)
  const laName = one.laName && establishmentName({ nameEn: one.laName, nameCy: one.laNameCy }, language)
  const places = [one.town, one.kind === 'school' ? laName : null].filter(Boolean)
  const place = [...new Set(places)].join(', ')
  const found =
    one.status === 'closed'
      ? one.successors.map((next) => ({ ...next, place: '', follows: name }))
      : [{ code: one.code, name, place, follows: '' }]
  return found
    .filter(({ code }) => mayReceive(code) && code !== file.source)
    .map((choice) => ({ ...choice, refused: choice.code === file.destination }))
}

function mayReceive(code: string): boolean {
  const kind = kindOfCode(code)
  return kind === 'school' || (kind === 'authority' && code !== DEPARTMENT)
}
