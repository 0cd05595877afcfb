import type { LivePerson } from '../../accounts/index.ts'
import type { Querying, Tx } from '../../kit/database.ts'
import { newId } from '../../kit/ids.ts'
import { wordsOf } from '../../kit/i18n.ts'
import { Refusal } from '../../kit/refusal.ts'
import type { World } from '../../world.ts'
import { lockCredential } from '../people-store.ts'
import {
  keepAuthenticator,
  newAuthenticatorSecret,
  showAuthenticator,
  stepOf,
  type AuthenticatorOffer,
} from './authenticator.ts'
import { openOffer, sealOffer } from './offers.ts'
import { askForNew, passkeyPlace, readNew, type NewPasskey } from './passkeys.ts'
import { makeRecoveryCodes } from './recovery.ts'
import { FACTORS_MOST } from './rules.ts'
import { findPasskeys, insertPasskey, listFactors } from './store.ts'
import { tellOfFactors } from './tell.ts'

type Needed = Pick<World, 'secrets' | 'clock' | 'mailer'>

/** What a page offers, which its form brings back sealed. */
export type Offered<Shown> = Shown & { offer: string }

/** Offers a person an authenticator app to set up: with a new secret, or again with that of `offer`. */
export async function offerAuthenticator(
  world: Pick<World, 'secrets' | 'clock'>,
  { id, username, language }: LivePerson,
  again?: string,
): Promise<Offered<AuthenticatorOffer>> {
  const bound = { use: 'authenticator', owner: id } as const
  const kept = again === undefined ? null : await openOffer(world, bound, again)
  const secret = kept ?? newAuthenticatorSecret()
  const offer = kept === null ? await sealOffer(world, bound, secret) : again!
  return { ...showAuthenticator(secret, wordsOf(language)('pages.service'), username), offer }
}

/** An authenticator app that shows the right codes. */
interface ReadAuthenticator {
  secret: string
  step: number
}

/** Takes the first code of an app that was offered. Throws Refusal `factor-offer-over` (409), `factor-code-wrong` (422). */
async function readAuthenticator(
  world: Pick<World, 'secrets' | 'clock'>,
  person: string,
  { offer, code }: { offer: string; code: string },
): Promise<ReadAuthenticator> {
  const secret = await openOffer(world, { use: 'authenticator', owner: person }, offer)
  if (secret === null) throw new Refusal('conflict', 'factor-offer-over')
  const step = await stepOf(secret, code.replaceAll(/\s/g, ''), 0, world.clock.now())
  if (step === null) throw new Refusal('unacceptable', 'factor-code-wrong')
  return { secret, step }
}

/** Offers a person a passkey to set up; null where browsers know none. */
export async function offerPasskey(
  world: Pick<World, 'secrets' | 'clock'>,
  querying: Querying,
  { person, publicUrl }: { person: LivePerson; publicUrl: string },
): Promise<Offered<{ options: string }> | null> {
  const place = passkeyPlace(publicUrl)
  if (!place) return null
  const service = wordsOf(person.language)('pages.service')
  const asked = await askForNew(place, person, await findPasskeys(querying, person.id), service)
  const offer = await sealOffer(world, { use: 'passkey', owner: person.id }, asked.challenge)
  return { options: asked.options, offer }
}

/** Takes a browser's answer with a new passkey. Throws Refusal `factor-offer-over` (409), `passkey-refused` (422). */
async function readPasskey(
  world: Pick<World, 'secrets' | 'clock'>,
  publicUrl: string,
  { person, offer, answer }: { person: string; offer: string; answer: string },
): Promise<NewPasskey> {
  const place = passkeyPlace(publicUrl)
  const challenge = await openOffer(world, { use: 'passkey', owner: person }, offer)
  if (challenge === null || !place) throw new Refusal('conflict', 'factor-offer-over')
  const read = await readNew(place, challenge, answer)
  if (!read) throw new Refusal('unacceptable', 'passkey-refused')
  return read
}

/** A factor that was read, not yet kept. */
export type ReadFactor = { authenticator: ReadAuthenticator } | { passkey: NewPasskey }

/**
 * Reads what a form brings of a new factor: the browser's answer with a passkey, or the first code of an app. Throws
 * Refusal as `readPasskey` and `readAuthenticator` do.
 */
export async function readFactor(
  world: Pick<World, 'secrets' | 'clock'>,
  publicUrl: string,
  { person, offer, answer, code }: { person: string; offer: string; answer: string | null; code: string },
): Promise<ReadFactor> {
  if (answer !== null) return { passkey: await readPasskey(world, publicUrl, { person, offer, answer }) }
  return { authenticator: await readAuthenticator(world, person, { offer, code }) }
}

/**
 * Keeps a new factor and tells its person by mail. With the first one ten recovery codes are made, and given: they
 * stand nowhere else. Throws Refusal `factors-too-many`, `passkey-had` (409).
 */
export async function addFactor(
  world: Needed,
  tx: Tx,
  person: LivePerson,
  name: string,
  read: ReadFactor,
): Promise<string[] | null> {
  // one at a time for each person: none slips past the count, and codes are made once
  await lockCredential(tx, person.id)
  const had = await listFactors(tx, person.id)
  if (had.length >= FACTORS_MOST)
    throw new Refusal('conflict', 'factors-too-many', { params: { max: FACTORS_MOST } })
  if ('passkey' in read) {
    const passkey = { id: newId(), person: person.id, name, at: world.clock.now(), ...read.passkey }
    if (!(await insertPasskey(tx, passkey))) throw new Refusal('conflict', 'passkey-had')
  } else await keepAuthenticator(world, tx, { person: person.id, name, ...read.authenticator })
  await tellOfFactors(world, tx, person, 'passkey' in read ? 'passkeyAdded' : 'authenticatorAdded')
  return had.length === 0 ? makeRecoveryCodes(world, tx, person.id) : null
}
