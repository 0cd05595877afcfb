import type { LivePerson } from '../../accounts/index.ts'
import type { Tx } from '../../kit/database.ts'
import { inBoth } from '../../kit/i18n.ts'
import { dateTimeInWords } from '../../kit/pages/dates.ts'
import type { World } from '../../world.ts'

/** What a person is told of their factors, as `secureAccess.factorChanges` in the locales has it. */
export type FactorChange =
  | 'authenticatorAdded'
  | 'passkeyAdded'
  | 'renamed'
  | 'removed'
  | 'codesMade'
  | 'codeUsed'
  | 'operatorRemoved'
  | 'guessed'

/** Tells a person by mail what was changed of their factors, and when. */
export async function tellOfFactors(
  { mailer, clock }: Pick<World, 'mailer' | 'clock'>,
  tx: Tx,
  { id, email, name, language }: LivePerson,
  change: FactorChange,
): Promise<void> {
  const now = clock.now()
  const at = { en: dateTimeInWords(now, 'en'), cy: dateTimeInWords(now, 'cy') }
  const params = { at, change: inBoth(`secureAccess.factorChanges.${change}`) }
  const to = [{ address: email, name, language }]
  await mailer.queue(tx, [{ template: 'factors-changed', to, params, about: id }])
}
