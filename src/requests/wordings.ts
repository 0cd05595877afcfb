import { establishmentName } from '../establishments/index.ts'
import { LANGUAGES, wordsOf, type InBoth, type Language } from '../kit/i18n.ts'
import type { Querying } from '../kit/database.ts'
import { listSystems, type System } from '../systems/index.ts'
import type { RequestRow } from './store.ts'

/** The name of a system and of its roles; of a system that is no more, its code. */
export function systemName(system: Pick<System, 'nameEn' | 'nameCy'>, language: Language): string {
  return establishmentName(system, language)
}

/** The name of a role of a system, or with null of this service. */
export function roleName(
  systems: readonly System[],
  system: string | null,
  role: string,
  language: Language,
): string {
  if (system === null) return wordsOf(language)(`pages.accounts.roles.${role}`)
  const found = systems.find(({ code }) => code === system)?.roles.find(({ code }) => code === role)
  return found ? systemName(found, language) : role
}

/** What is asked for, or given, in one line: the name of a system with those of its roles, or roles of this service. */
export function accessName(
  systems: readonly System[],
  { system, roles }: { system: string | null; roles: readonly string[] },
  language: Language,
): string {
  const names = roles.map((role) => roleName(systems, system, role, language)).join(', ')
  if (system === null) return names === '' ? wordsOf(language)('pages.requests.noRole') : names
  const found = systems.find(({ code }) => code === system)
  return wordsOf(language)('pages.requests.accessOf', {
    system: found ? systemName(found, language) : system,
    roles: names,
  })
}

/** What a request asks for, in one line of each language. */
export async function requestedName(
  querying: Querying,
  { kind, system, topic }: Pick<RequestRow, 'kind' | 'system' | 'topic'>,
  roles: readonly string[],
): Promise<InBoth> {
  const systems = system === null ? [] : await listSystems(querying)
  const inOne = (language: Language): string =>
    kind === 'help'
      ? wordsOf(language)(`pages.requests.topics.${topic!}`)
      : accessName(systems, { system, roles }, language)
  return Object.fromEntries(LANGUAGES.map((language) => [language, inOne(language)])) as InBoth
}
