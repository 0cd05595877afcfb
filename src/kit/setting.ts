import { isIP } from 'node:net'

/** A setting: the environment's name for it, what it is for, its value when unset, and how its text is read. */
export interface Setting<T> {
  env: string
  doc: string
  /** What stands in .env.example; the real default is what `read` gives for undefined. */
  shown: string
  read(text: string | undefined): T
}

/** A setting whose text is read as it says. */
export function setting<T>(
  env: string,
  shown: string,
  doc: string,
  read: (text: string | undefined) => T,
): Setting<T> {
  return { env, doc, shown, read }
}

/** A setting that is a whole number within limits. */
export function whole(env: string, fallback: number, min: number, max: number, doc: string): Setting<number> {
  return setting(env, String(fallback), doc, (text) => {
    return text === undefined ? fallback : readWhole(text, min, max)
  })
}

/** A whole number from a text. Throws what is wrong with it. */
export function readWhole(text: string, min: number, max: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new Error(`must be a whole number from ${min} to ${max}`)
  }
  return value
}

/** A setting that is an address with one of these protocols; null when unset. */
export function url(env: string, protocols: string[], doc: string): Setting<string | null> {
  return setting(env, '', doc, (text) => {
    if (text === undefined) return null
    const parsed = URL.canParse(text) ? new URL(text) : null
    if (!parsed || !protocols.includes(parsed.protocol)) {
      throw new Error(`must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`)
    }
    return text
  })
}

/** Keys, comma-separated, each of 32 characters at least; null when unset. Throws what is wrong. */
export function readKeys(text: string | undefined): string[] | null {
  if (text === undefined) return null
  const keys = text.split(',').map((key) => key.trim())
  if (keys.some((key) => key.length < 32)) throw new Error('needs at least 32 characters in each key')
  return keys
}

/** Addresses or networks, comma-separated. Throws what is wrong. */
export function readNetworks(text: string | undefined): string[] {
  const networks = text?.split(',').map((network) => network.trim()) ?? []
  for (const network of networks) {
    const [address = '', bits = '0'] = network.split('/')
    const most = isIP(address) === 6 ? 128 : 32
    if (!isIP(address) || !/^\d{1,3}$/.test(bits) || Number(bits) > most) {
      throw new Error(`must be addresses or networks such as 10.0.0.7 or 10.0.0.0/8; ${network} is neither`)
    }
  }
  return networks
}

/** A setting that is a list of words, comma-separated. */
export function list(env: string, shown: string, doc: string): Setting<readonly string[]> {
  return setting(env, shown, doc, (text = shown) => {
    const entries = text.split(',').map((entry) => entry.trim().toLowerCase())
    const wrong = entries.find((entry) => !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(entry))
    if (wrong !== undefined)
      throw new Error(
        `must be words of letters, digits, dots and hyphens, comma-separated; "${wrong}" is none`,
      )
    return entries
  })
}

/** Whether a text is 1 or 0; null when unset. Throws what is wrong. */
export function readFlag(text: string | undefined): boolean | null {
  if (text === undefined) return null
  if (text !== '0' && text !== '1') throw new Error('must be 0 or 1')
  return text === '1'
}

/** Slugs of roles, or `all` or `none`; which roles there are is for the room that asks to know. Throws what is wrong. */
export function readRoles(text: string | undefined): readonly string[] | 'all' | null {
  if (text === undefined) return null
  if (text === 'all') return 'all'
  if (text === 'none') return []
  const roles = text.split(',').map((role) => role.trim())
  const wrong = roles.find((role) => !/^[a-z]+(-[a-z]+)*$/.test(role))
  if (wrong !== undefined)
    throw new Error(`must be all, none or roles such as lea-dba,school-user; "${wrong}" is none`)
  return roles
}
