import type { Member } from '../accounts/index.ts'
import { bothNames, findEstablishments } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { inBoth, type InBoth, type WordParams } from '../kit/i18n.ts'
import type { Actor } from '../permissions/decide.ts'
import type { Role } from '../permissions/table.ts'
import type { World } from '../world.ts'

/**
 * Tells a person by e-mail what was done to the account, by whom and for which organisation: never a secret.
 * @param params what else the wording names; `address` another than the person's present one
 */
export async function tellPerson(
  { world, tx, actor }: { world: Pick<World, 'mailer'>; tx: Tx; actor: Actor },
  {
    id,
    name,
    email,
    language,
    organisation,
  }: Pick<Member, 'id' | 'name' | 'email' | 'language' | 'organisation'>,
  template: string,
  { address = email, ...params }: WordParams & { address?: string } = {},
): Promise<void> {
  const found = await findEstablishments(tx, [organisation, actor.organisation])
  const nameOf = (code: string): InBoth | string => (found.has(code) ? bothNames(found.get(code)!) : code)
  const to = [{ address, name, language }]
  const by = { who: actor.name, from: nameOf(actor.organisation), organisation: nameOf(organisation) }
  await world.mailer.queue(tx, [{ template, to, params: { ...by, ...params }, about: id }])
}

/** Things in words as a sentence lists them: a line each, or that there is none. */
export function listed(things: readonly InBoth[]): InBoth {
  const none = inBoth('pages.people.mail.none')
  const inOne = (language: keyof InBoth): string =>
    things.map((one) => one[language]).join(', ') || none[language]
  return { en: inOne('en'), cy: inOne('cy') }
}

/** Roles in the words of pages. */
export function rolesInWords(roles: readonly Role[]): InBoth {
  return listed(roles.map((role) => inBoth(`pages.accounts.roles.${role}`)))
}
