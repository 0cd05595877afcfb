import { bothNames } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import type { MailToQueue } from '../kit/mail/mailer.ts'
import type { World } from '../world.ts'
import { newCode, type CodeHash } from './new-code.ts'
import { showCode } from './rules.ts'
import { replaceCodes, type ListedOrganisation } from './store.ts'

/** A code that was issued; it stands nowhere else. */
export interface IssuedCode {
  organisation: ListedOrganisation
  /** As letters show it. */
  code: string
  expiresAt: Date
}

const DAY = 24 * 60 * 60 * 1000

/**
 * Issues a code to each of some organisations, in the place of the one that it may have had, and tells the
 * organisation's address that a letter comes: the code itself is never mailed (guidance for local authorities §3.7).
 * @param by id of the person who issues them, or operator
 */
export async function issueTo(
  { mailer, config }: Pick<World, 'mailer' | 'config'>,
  tx: Tx,
  organisations: readonly ListedOrganisation[],
  { hashes, by, now }: { hashes: CodeHash; by: string; now: Date },
): Promise<IssuedCode[]> {
  const expiresAt = new Date(now.getTime() + config.approverCodeDays * DAY)
  const codes = organisations.map((organisation) => ({ organisation, code: newCode() }))
  await replaceCodes(
    tx,
    codes.map(({ organisation, code }) => ({ organisation: organisation.code, hash: hashes.ofCode(code) })),
    { by, at: now, expiresAt },
  )
  await mailer.queue(tx, organisations.flatMap(letterComes))
  return codes.map(({ organisation, code }) => ({ organisation, code: showCode(code), expiresAt }))
}

function letterComes(one: ListedOrganisation): MailToQueue[] {
  if (one.email === null) return []
  const name = bothNames(one)
  const to = [{ address: one.email, name: one.nameEn, language: one.language }]
  return [{ template: 'claim-letter', to, params: { organisation: name }, about: one.code }]
}
