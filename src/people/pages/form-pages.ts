import type { Member } from '../../accounts/index.ts'
import type { Refusal } from '../../kit/refusal.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import { perform } from '../../permissions/perform.ts'
import type { MemberInput } from '../of-member.ts'
import type { Offered } from '../member-change.ts'
import { showPerson, type PersonFile } from '../person-file.ts'
import { headOf, personView } from './person-view.ts'
import { errorsOf, isOfForm, sentenceOf, type Said } from './said.ts'

/** A form in front of a change of somebody's account. */
export interface FormSpec<Input extends MemberInput, Answer> {
  /** The end of its address. */
  path: string
  offered: Offered<Input, Answer>
  view: string
  /** Fields that may stand several times. */
  lists?: readonly string[]
  /** What the form shows: of the account, or, where it was refused, as it was filled in. */
  data?(file: PersonFile, exchange: PageExchange, typed: Record<string, unknown> | null): object
  done(answer: Answer, exchange: PageExchange): Shown
}

/** The page of a form, and what comes of it. */
export function formPages<Input extends MemberInput, Answer>(spec: FormSpec<Input, Answer>): AnyPage[] {
  const { offered, view, data, lists = [], done } = spec
  const path = `/people/{organisation}/{id}/${spec.path}`
  const shown = (
    file: PersonFile,
    exchange: PageExchange,
    typed: Record<string, unknown> | null,
  ): object => ({
    ...headOf(file, exchange),
    ...data?.(file, exchange, typed),
  })
  return [
    page({
      method: 'GET',
      path,
      action: offered.offer,
      show: (file, exchange) => ({ view, data: shown(file, exchange, null) }),
      refused: refusedOnPerson,
    }),
    page({
      method: 'POST',
      path,
      action: offered.change,
      lists,
      show: done,
      async refused(refusal, exchange, typed): Promise<Shown | null> {
        if (!isOfForm(refusal)) return refusedOnPerson(refusal, exchange, typed)
        const { organisation, id } = typed
        const file = await perform(exchange.world, exchange.visit.actor, offered.offer, { organisation, id })
        const errors: Said[] = errorsOf(refusal, exchange)
        return { view, status: refusal.status, data: { ...shown(file, exchange, typed), errors } }
      },
    }),
  ]
}

/** What cannot be done to this account, or crosses what somebody else did, is said on its page as it is now. */
export async function refusedOnPerson(
  refusal: Refusal,
  exchange: PageExchange,
  { organisation, id }: Record<string, unknown>,
): Promise<Shown | null> {
  if (refusal.kind !== 'conflict' && refusal.kind !== 'unacceptable') return null
  const file = await perform(exchange.world, exchange.visit.actor, showPerson, { organisation, id })
  const errors = [{ text: sentenceOf(refusal, exchange) }]
  return {
    view: 'people/views/person.njk',
    status: refusal.status,
    data: { ...personView(file, exchange), errors },
  }
}

/** Back to the page of the person, which says what was done. */
export function saidOnPerson(
  { organisation, id, name }: Pick<Member, 'organisation' | 'id' | 'name'>,
  key: string,
  params: Record<string, string | number | { en: string; cy: string }> = {},
): Shown {
  return {
    to: `/people/${organisation}/${id}`,
    notice: { key: `pages.people.done.${key}`, params: { name, ...params } },
  }
}
