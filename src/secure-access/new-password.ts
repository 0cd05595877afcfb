import { revokeInvitation, type LivePerson } from '../accounts/index.ts'
import type { Tx } from '../kit/database.ts'
import { dateTimeInWords } from '../kit/pages/dates.ts'
import { Refusal } from '../kit/refusal.ts'
import type { World } from '../world.ts'
import { commonPasswords } from './common-passwords.ts'
import { writeStep, type FieldProblem, type Parts } from './parts.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { keepCredential } from './people-store.ts'
import { PASSWORD, passwordProblem, type PasswordOwner } from './rules.ts'

/**
 * The hash of a new password. Throws Refusal `password-*` (422) where it cannot be one or is the former one again,
 * `too-busy` (503).
 * @param formerHash of the password before; null: there was none
 */
export async function hashNewPassword(
  password: string,
  owner: PasswordOwner,
  formerHash: string | null,
): Promise<string> {
  const problem = passwordProblem(password, owner, await commonPasswords())
  if (problem) throw new Refusal('unacceptable', `password-${problem}`, { params: PASSWORD })
  if (formerHash !== null && (await isPassword(password, formerHash)))
    throw new Refusal('unacceptable', 'password-same')
  return hashPassword(password)
}

/** What a form of two fields, `password` and `again`, gives: the hash of the new password, or what is wrong. */
export async function readNewPassword(
  form: URLSearchParams,
  owner: PasswordOwner,
  formerHash: string | null,
): Promise<{ passwordHash: string } | { problems: FieldProblem[] }> {
  const password = form.get('password') ?? ''
  const wrong = (field: string, refusal: Refusal): { problems: FieldProblem[] } => ({
    problems: [{ field, refusal }],
  })
  if (password === '') return wrong('password', new Refusal('malformed', 'password-missing'))
  if (form.get('again') !== password) return wrong('again', new Refusal('malformed', 'password-differs'))
  try {
    return { passwordHash: await hashNewPassword(password, owner, formerHash) }
  } catch (error) {
    if (error instanceof Refusal) return wrong('password', error)
    throw error
  }
}

/** A password that a person set. */
export interface SetByPerson {
  person: LivePerson
  passwordHash: string
  /** What led to it, as it stands in the audit. */
  action: string
  address: string | null
}

/**
 * Keeps the password that a person set, ends what the person has open everywhere (at the provider a sign-in holds as
 * long as its password), tells the person by mail and writes it into the audit.
 */
export async function settlePassword(
  {
    world,
    guesses,
    endSessionsOf,
  }: Pick<Parts, 'guesses' | 'endSessionsOf'> & { world: Pick<World, 'clock' | 'mailer' | 'audit'> },
  tx: Tx,
  { person, passwordHash, action, address }: SetByPerson,
): Promise<void> {
  const now = world.clock.now()
  await keepCredential(tx, person.id, { passwordHash, mustChange: false, goodUntil: null }, now)
  await endSessionsOf(tx, person.id)
  // an invitation that was never opened would set yet another one
  await revokeInvitation(tx, person.id)
  await guesses.forget(tx, person.username)
  const to = [{ address: person.email, name: person.name, language: person.language }]
  const params = { at: { en: dateTimeInWords(now, 'en'), cy: dateTimeInWords(now, 'cy') } }
  await world.mailer.queue(tx, [{ template: 'password-changed', to, params, about: person.id }])
  await writeStep(world, tx, { action, person: person.id, address })
}
