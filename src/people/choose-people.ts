import { z } from 'zod'
import type { Member } from '../accounts/index.ts'
import { Refusal } from '../kit/refusal.ts'
import { action, type Asked } from '../permissions/action.ts'
import { decide } from '../permissions/decide.ts'
import { perform } from '../permissions/perform.ts'
import { archivePersonHere } from './archive-person.ts'
import { findMembers } from './list-store.ts'
import { invitePerson } from './reach-person.ts'

/** People that can be chosen at once: a page of the list. */
const CHOSEN_AT_ONCE = 100

const input = z.strictObject({
  // organisation and person: 6804020/person-…
  who: z
    .array(z.string().regex(/^[0-9A-Z]{7}\/[\w-]{1,64}$/))
    .min(1)
    .max(CHOSEN_AT_ONCE)
    .transform((all) => [...new Set(all)]),
  do: z.enum(['archive', 'invite']),
  sure: z.literal('yes').optional(),
})

type Input = z.infer<typeof input>

/** Somebody who was chosen. */
export type Chosen = Member & { organisationEn: string; organisationCy: string | null }

/** Those chosen, and what came of it for each; nothing has until it was confirmed. */
export interface ChosenPeople {
  do: Input['do']
  people: { member: Chosen; own: boolean; refusal: Refusal | null }[]
  done: boolean
}

/**
 * People chosen in a list, all of them in reach, to be archived or sent their invitation once more. Once that is confirmed,
 * it is done to each as by itself: one that cannot be keeps none of the others back.
 */
export const choosePeople = action({
  name: 'people.choose',
  permission: 'manage-people',
  input,
  // what is done to each leaves a row of its own
  audited: 'refusals',
  async find({ world, actor, input: { who } }): Promise<Chosen[] | null> {
    const asked = who.map((one) => {
      const [organisation = '', id = ''] = one.split('/')
      return { organisation, id }
    })
    const found = await findMembers(world.db, asked)
    const isReached = ({ organisation }: Member): boolean =>
      decide(actor, 'manage-people', [organisation]).allowed
    return found.length === asked.length && found.every(isReached) ? found : null
  },
  business: (chosen) => chosen.map(({ organisation }) => organisation),
  async prepare(asked): Promise<(Refusal | null)[]> {
    const outcomes: (Refusal | null)[] = []
    if (asked.input.sure === 'yes')
      for (const member of asked.subject) outcomes.push(await doneTo(member, asked))
    return outcomes
  },
  run: ({ actor, input, subject, prepared }): Promise<ChosenPeople> =>
    Promise.resolve({
      do: input.do,
      done: input.sure === 'yes',
      people: subject.map((member, at) => ({
        member,
        own: member.id === actor.id,
        refusal: prepared[at] ?? null,
      })),
    }),
  auditSubject: () => null,
})

/** Why it was not done to somebody; null: it was. */
async function doneTo(
  { organisation, id }: Member,
  { world, actor, input }: Asked<Input, Chosen[]>,
): Promise<Refusal | null> {
  try {
    // the page before says of each approver what it means
    if (input.do === 'archive')
      await perform(world, actor, archivePersonHere.change, { organisation, id, last: 'yes' })
    else await perform(world, actor, invitePerson.change, { organisation, id })
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
