import { hash } from 'node:crypto'
import type { z } from 'zod'
import { liveRoles, lockPeople, memberOf, type Member } from '../accounts/index.ts'
import type { Tx } from '../kit/database.ts'
import { Refusal } from '../kit/refusal.ts'
import { action, type Action, type Running } from '../permissions/action.ts'
import { decide, type Actor } from '../permissions/decide.ts'
import type { Permission } from '../permissions/table.ts'
import { memberInput, ofMember, type MemberInput } from './of-member.ts'
import { fileOf, type PersonFile } from './person-file.ts'

/** Who wants to change what, with the member as it is now. */
export interface Judged {
  tx: Tx
  actor: Actor
  by: Permission
  member: Member
}

/** A change under way: the member is locked, and the actor may still do it. */
export type Changing<Input> = Running<Input, Member, undefined> & Judged

/** A change of somebody's account. */
interface Change<Input, Answer> {
  /** The verb of its name. */
  verb: string
  permission: Permission | readonly Permission[]
  asksAgain?: true
  input: z.ZodType<Input>
  /** What is refused already where the form would stand. */
  refuse(judged: Judged): void | Promise<void>
  run(changing: Changing<Input>): Promise<Answer>
}

/** A change of somebody's account, and the page before it: `offer` gives what its form shows, by the same rules. */
export interface Offered<Input, Answer> {
  offer: Action<MemberInput, Member, undefined, PersonFile>
  change: Action<Input, Member, undefined, Answer>
}

/**
 * Makes both actions of a change. Nobody changes their own account here (`own-account-by-others`): approvers change one
 * another, so each time both are locked, in one order, and whether the actor still may is asked again.
 */
export function memberChange<Input extends MemberInput, Answer>({
  verb,
  permission,
  input,
  refuse,
  run,
  ...rest
}: Change<Input, Answer>): Offered<Input, Answer> {
  const judge = async (judged: Judged): Promise<void> => {
    if (judged.actor.id === judged.member.id) throw new Refusal('conflict', 'own-account-by-others')
    await refuse(judged)
  }
  return {
    offer: action({
      ...ofMember,
      ...rest,
      name: `people.offer-${verb}`,
      permission,
      input: memberInput,
      audited: 'refusals',
      async run({ tx, actor, by, subject: member }) {
        await judge({ tx, actor, by, member })
        return fileOf(tx, actor, member)
      },
    }),
    change: action({
      ...ofMember,
      ...rest,
      name: `people.${verb}`,
      permission,
      input,
      async run(running) {
        const member = await lockMember(running)
        const changing = { ...running, member }
        await judge(changing)
        return run(changing)
      },
    }),
  }
}

/** The member as it is now, kept so; throws Refusal `role` (403) where the actor may no more. */
async function lockMember({
  tx,
  actor,
  by,
  subject,
}: Pick<Running<unknown, Member, unknown>, 'tx' | 'actor' | 'by' | 'subject'>): Promise<Member> {
  await lockPeople(tx, [actor.id, subject.id])
  const roles = await liveRoles(tx, actor)
  if (!decide({ ...actor, roles }, by, [subject.organisation]).allowed)
    throw new Refusal('forbidden', 'role', { because: `${by}: not any more` })
  return (await memberOf(tx, subject.organisation, subject.id))!
}

/** Names the state of an account that a form was filled in for. */
export function markOf(member: Member, ...more: readonly string[]): string {
  const { name, email, phone, language, roles, approver, endedAt } = member
  const facts = [name, email, phone, language, ...roles, approver, endedAt, ...more]
  return hash('sha256', JSON.stringify(facts), 'base64url').slice(0, 22)
}

/** Refuses a form that was filled in for another state of the account: somebody else changed it meanwhile. */
export function refuseStale(seen: string, mark: string): void {
  if (seen !== mark) throw new Refusal('conflict', 'person-changed')
}

/** Refuses what can only be done to an account in use. */
export function refuseEnded({ endedAt, username }: Member): void {
  if (endedAt) throw new Refusal('conflict', 'person-archived', { params: { username } })
}
