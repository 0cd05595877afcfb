import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** What an authenticator signs otherwise than it should. */
export interface Otherwise {
  origin?: string
  rpId?: string
  challenge?: string
  /** Its holder showed neither finger, face nor PIN. */
  unverified?: boolean
  /** How often it says it signed. */
  count?: number
}

/** A passkey without a device: what a browser would send for it, as JSON. */
export interface SoftPasskey {
  /** Answers a question for a new passkey. */
  create(options: string, origin: string, otherwise?: Otherwise): string
  /** Answers a question for a known one. */
  get(options: string, origin: string, otherwise?: Otherwise): string
}

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest()
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

/** Makes a passkey with a fresh ES256 key. */
export function softPasskey(): SoftPasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  let user = ''
  let signed = 0

  function dataOf(rpId: string, attested: Buffer, { unverified = false, count }: Otherwise): Buffer {
    signed += 1
    const flags = 0x01 | (unverified ? 0 : 0x04) | (attested.length > 0 ? 0x40 : 0)
    const counted = Buffer.alloc(4)
    counted.writeUInt32BE(count ?? signed)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counted, attested])
  }

  return {
    create(options, origin, otherwise = {}) {
      const asked = JSON.parse(options) as { challenge: string; rp: { id: string }; user: { id: string } }
      user = asked.user.id
      const length = Buffer.from([0, id.length])
      const attested = Buffer.concat([Buffer.alloc(16), length, id, coseOf(publicKey)])
      const authData = dataOf(otherwise.rpId ?? asked.rp.id, attested, otherwise)
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3]),
        text('fmt'),
        text('none'),
        text('attStmt'),
        Buffer.from([0xa0]),
        text('authData'),
        bytesOf(authData),
      ])
      return JSON.stringify({
        id: base64url(id),
        rawId: base64url(id),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(
            clientData('webauthn.create', otherwise.challenge ?? asked.challenge, otherwise.origin ?? origin),
          ),
          attestationObject: base64url(attestationObject),
          transports: ['internal'],
        },
      })
    },
    get(options, origin, otherwise = {}) {
      const asked = JSON.parse(options) as { challenge: string; rpId: string }
      const authenticatorData = dataOf(otherwise.rpId ?? asked.rpId, Buffer.alloc(0), otherwise)
      const client = clientData(
        'webauthn.get',
        otherwise.challenge ?? asked.challenge,
        otherwise.origin ?? origin,
      )
      const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(client)]), privateKey)
      return JSON.stringify({
        id: base64url(id),
        rawId: base64url(id),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(authenticatorData),
          signature: base64url(signature),
          userHandle: user,
        },
      })
    },
  }
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
}

/** The key as COSE: EC2, ES256, P-256, x, y. */
function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const point = (label: number, value: string): Buffer =>
    Buffer.concat([Buffer.from([label]), bytesOf(Buffer.from(value, 'base64url'))])
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]),
    point(0x21, x),
    point(0x22, y),
  ])
}

/** CBOR of a short text, and of bytes. */
function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 | value.length]), Buffer.from(value)])
}

function bytesOf(value: Buffer): Buffer {
  const head = value.length < 256 ? [0x58, value.length] : [0x59, value.length >> 8, value.length & 0xff]
  return Buffer.concat([Buffer.from(head), value])
}
