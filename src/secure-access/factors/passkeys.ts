import { isIP } from 'node:net'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { LivePerson } from '../../accounts/index.ts'
import type { Passkey } from './store.ts'

/** Where passkeys are bound to. */
export interface PasskeyPlace {
  /** The host's name. */
  id: string
  origin: string
}

/** What the service's passkeys are bound to; null where browsers know none: at a number, or without HTTPS elsewhere. */
export function passkeyPlace(publicUrl: string): PasskeyPlace | null {
  const { hostname, protocol, origin } = new URL(publicUrl)
  const isName = isIP(hostname.replaceAll(/[[\]]/g, '')) === 0
  return isName && (protocol === 'https:' || hostname === 'localhost') ? { id: hostname, origin } : null
}

/** EdDSA, ES256 and RS256 (COSE): what passkeys of today sign with. */
const ALGORITHMS = [-8, -7, -257]

/** What a browser is asked for: JSON for `navigator.credentials`, and the challenge in it. */
export interface PasskeyQuestion {
  options: string
  challenge: string
}

/** Asks a browser for a new passkey. @param had those that the person has already */
export async function askForNew(
  place: PasskeyPlace,
  person: LivePerson,
  had: readonly Passkey[],
  service: string,
): Promise<PasskeyQuestion> {
  const options = await generateRegistrationOptions({
    rpName: service,
    rpID: place.id,
    userID: new TextEncoder().encode(person.id),
    userName: person.username,
    userDisplayName: person.name,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: had.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    // discoverable where it can be, so that it signs in by itself
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
  return { options: JSON.stringify(options), challenge: options.challenge }
}

/** Asks a browser for one of some passkeys; for any of this service, and for who holds it, when none is given. */
export async function askForKnown(place: PasskeyPlace, known: readonly Passkey[]): Promise<PasskeyQuestion> {
  const options = await generateAuthenticationOptions({
    rpID: place.id,
    allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    userVerification: known.length === 0 ? 'required' : 'preferred',
  })
  return { options: JSON.stringify(options), challenge: options.challenge }
}

/** What is kept of a new passkey. */
export type NewPasskey = Pick<Passkey, 'credentialId' | 'publicKey' | 'signCount' | 'transports'>

/** The new passkey in a browser's answer, as JSON; null when it is no answer to this question. */
export async function readNew(
  place: PasskeyPlace,
  challenge: string,
  answer: string,
): Promise<NewPasskey | null> {
  const checked = await unlessWrong(() =>
    verifyRegistrationResponse({
      response: JSON.parse(answer) as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.id,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  )
  if (!checked?.verified) return null
  const { id, publicKey, counter, transports = [] } = checked.registrationInfo.credential
  return {
    credentialId: id,
    publicKey: Buffer.from(publicKey),
    signCount: counter,
    transports: [...transports],
  }
}

/** The id of the passkey that a browser's answer is of; null when it is no answer at all. */
export function credentialIdOf(answer: string): string | null {
  try {
    const { id } = JSON.parse(answer) as { id?: unknown }
    return typeof id === 'string' && /^[\w-]{1,1400}$/.test(id) ? id : null
  } catch {
    return null
  }
}

/**
 * How often a passkey signed by now, from a browser's answer; null when the answer is not one by this passkey to this
 * question, or comes from a copy of it.
 * @param alone it stands for the password too: its holder must have shown the device a finger, a face or a PIN
 */
export async function readKnown(
  place: PasskeyPlace,
  challenge: string,
  answer: string,
  { passkey, alone }: { passkey: Passkey; alone: boolean },
): Promise<number | null> {
  const { credentialId, publicKey, signCount, transports } = passkey
  const checked = await unlessWrong(() =>
    verifyAuthenticationResponse({
      response: JSON.parse(answer) as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.id,
      credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter: signCount, transports },
      requireUserVerification: alone,
    }),
  )
  return checked?.verified ? checked.authenticationInfo.newCounter : null
}

/** The library throws at whatever is wrong with an answer, which anybody can make up. */
async function unlessWrong<Checked>(check: () => Promise<Checked>): Promise<Checked | null> {
  try {
    return await check()
  } catch {
    return null
  }
}
