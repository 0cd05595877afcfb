import { livePerson, type LivePerson } from '../../accounts/index.ts'
import { Refusal } from '../../kit/refusal.ts'
import { writeStep, type Parts } from '../parts.ts'
import { findCode, useCode } from './authenticator.ts'
import { openOffer, sealOffer } from './offers.ts'
import { askForKnown, credentialIdOf, passkeyPlace, readKnown } from './passkeys.ts'
import { spendRecoveryCode } from './recovery.ts'
import { findPasskey, findPasskeys, usePasskey } from './store.ts'
import { tellOfFactors } from './tell.ts'

type Needed = Pick<Parts, 'world' | 'guesses'>

/** A code that somebody typed after the right password, and from where. */
export interface TypedCode {
  code: string
  /** The id under which the browser is known as the person's; null: it is not. */
  knownBrowser: string | null
  address: string
}

/**
 * Takes a code of a person's authenticator app, or a recovery code, which the person is told of by mail; each works
 * once. Throws Refusal `factor-code-missing` (400), `factor-code-wrong` (422), `factor-throttled` (429).
 */
export async function takeCode(
  { world, guesses }: Needed,
  person: LivePerson,
  { code: typed, knownBrowser, address }: TypedCode,
): Promise<void> {
  if (typed === '') throw new Refusal('malformed', 'factor-code-missing')
  const step = { person: person.id, address }
  const guess = await guesses.beginCode({ person: person.id, knownBrowser })
  if (guess instanceof Refusal) {
    await world.db.transaction().execute(async (tx) => {
      await writeStep(world, tx, { ...step, action: 'secure-access.code', refused: 'throttled' })
      // whoever types codes has the password
      if (await guesses.mayTell(tx, person.id)) await tellOfFactors(world, tx, person, 'guessed')
    })
    throw guess
  }
  const code = await findCode(world, world.db, person.id, typed.replaceAll(/\s/g, ''))
  const isRight = await world.db.transaction().execute(async (tx) => {
    const isRight = code
      ? await useCode(world, tx, code)
      : await spendRecoveryCode(world, tx, person.id, typed)
    if (!isRight) {
      await writeStep(world, tx, { ...step, action: 'secure-access.code', refused: 'wrong' })
      return false
    }
    await guess.wasRight(tx)
    await writeStep(world, tx, {
      ...step,
      action: code ? 'secure-access.code' : 'secure-access.recovery-code',
    })
    if (!code) await tellOfFactors(world, tx, person, 'codeUsed')
    return true
  })
  if (!isRight) throw new Refusal('unacceptable', 'factor-code-wrong')
}

/**
 * Asks the browser of a sign-in for a passkey: for one of a person's, or, while nobody is named, for any. Null where
 * browsers know none here, or the person has none.
 */
export async function askForPasskey(
  { world, front }: Pick<Parts, 'world' | 'front'>,
  uid: string,
  person: LivePerson | null,
): Promise<{ options: string; offer: string } | null> {
  const place = passkeyPlace(front.publicUrl)
  const known = person ? await findPasskeys(world.db, person.id) : []
  if (!place || (person && known.length === 0)) return null
  const { options, challenge } = await askForKnown(place, known)
  return { options, offer: await sealOffer(world, { use: 'sign-in', owner: uid }, challenge) }
}

/** What a browser sends back for a passkey. */
export interface GivenPasskey {
  /** The sign-in that it was asked for. */
  uid: string
  offer: string
  answer: string
  address: string
}

/**
 * Takes a passkey and gives the id of its person.
 * @param person whose it must be; null: anybody's who may act somewhere, if its holder showed the device who they are
 * Throws Refusal `factor-offer-over` (409), `passkey-refused` (422).
 */
export async function takePasskey(
  { world, front }: Pick<Parts, 'world' | 'front'>,
  person: LivePerson | null,
  { uid, offer, answer, address }: GivenPasskey,
): Promise<string> {
  const place = passkeyPlace(front.publicUrl)
  const challenge = await openOffer(world, { use: 'sign-in', owner: uid }, offer)
  if (challenge === null || !place) throw new Refusal('conflict', 'factor-offer-over')
  const found = await findPasskey(world.db, credentialIdOf(answer) ?? '')
  const passkey = found && (person === null || found.person === person.id) ? found : null
  const alone = person === null
  const signCount = passkey && (await readKnown(place, challenge, answer, { passkey, alone }))
  const isRight = await world.db.transaction().execute(async (tx) => {
    const isRight =
      passkey !== null &&
      signCount !== null &&
      (await livePerson(tx, passkey.person)) !== null &&
      (await usePasskey(tx, passkey.id, signCount, world.clock.now()))
    await writeStep(world, tx, {
      action: 'secure-access.passkey',
      person: passkey?.person ?? person?.id ?? null,
      address,
      ...(isRight ? {} : { refused: 'wrong', byAnybody: true }),
    })
    return isRight
  })
  if (!isRight) throw new Refusal('unacceptable', 'passkey-refused')
  return passkey!.person
}
