import { generateSecret, generateURI, verify } from 'otplib'
import { renderSVG } from 'uqr'
import { decrypt, encrypt } from '../../kit/cipher.ts'
import type { Querying, Tx } from '../../kit/database.ts'
import { newId } from '../../kit/ids.ts'
import type { World } from '../../world.ts'
import { factorKey } from './keys.ts'
import { findAuthenticators, insertAuthenticator, useStep } from './store.ts'

type Needed = Pick<World, 'secrets' | 'clock'>

/** Seconds for which a code stands (RFC 6238), and by how many a telephone's clock may be wrong. */
const STEP_SECONDS = 30
const TOLERANCE_SECONDS = 30

const SIX_DIGITS = /^\d{6}$/

/** What an authenticator app is set up with. */
export interface AuthenticatorOffer {
  /** In Base32, in groups of four, to be typed. */
  shown: string
  /** The picture that the app looks at, as SVG. */
  picture: string
}

/** A new secret for an authenticator app: 160 random bits in Base32. */
export function newAuthenticatorSecret(): string {
  return generateSecret()
}

/** A secret as the page shows it. @param issuer how the app names the service */
export function showAuthenticator(secret: string, issuer: string, username: string): AuthenticatorOffer {
  const uri = generateURI({ issuer, label: username, secret })
  return { shown: secret.match(/.{1,4}/g)!.join(' '), picture: renderSVG(uri, { border: 4, ecc: 'M' }) }
}

/** The time step of a code that the app shows now and did not show at or before `after`; null when it is none. */
export async function stepOf(secret: string, code: string, after: number, now: Date): Promise<number | null> {
  if (!SIX_DIGITS.test(code)) return null
  const epoch = Math.floor(now.getTime() / 1000)
  const checked = await verify({
    secret,
    token: code,
    epoch,
    epochTolerance: TOLERANCE_SECONDS,
    afterTimeStep: after,
  })
  return checked.valid ? Math.floor(epoch / STEP_SECONDS) + checked.delta : null
}

const boundTo = (id: string): string => `cts authenticator ${id}`

/** Keeps an authenticator app whose code was right at `step`: that code works no more. Gives the factor's id. */
export async function keepAuthenticator(
  world: Needed,
  tx: Tx,
  { person, name, secret, step }: { person: string; name: string; secret: string; step: number },
): Promise<string> {
  const id = newId()
  const key = await factorKey(world, 'authenticators')
  const sealedSecret = encrypt(key, boundTo(id), Buffer.from(secret))
  await insertAuthenticator(tx, { id, person, name, at: world.clock.now(), sealedSecret, lastStep: step })
  return id
}

/** A code that is right: which app it is of, and its time step. */
export interface RightCode {
  id: string
  step: number
}

/** Looks for the app of a person that shows a code now; null when none does, or the code was used. */
export async function findCode(
  world: Needed,
  querying: Querying,
  person: string,
  code: string,
): Promise<RightCode | null> {
  const key = await factorKey(world, 'authenticators')
  for (const { id, sealedSecret, lastStep } of await findAuthenticators(querying, person)) {
    const secret = decrypt(key, boundTo(id), sealedSecret).toString()
    const step = await stepOf(secret, code, lastStep, world.clock.now())
    if (step !== null) return { id, step }
  }
  return null
}

/** Uses a code up; false when it was used meanwhile. */
export function useCode({ clock }: Needed, tx: Tx, { id, step }: RightCode): Promise<boolean> {
  return useStep(tx, id, step, clock.now())
}
