/** Why an address cannot be that of a service, or the address. */
export type ServerAddress =
  { ok: true; url: URL; loopback: boolean } | { ok: false; problem: 'server-address' | 'server-plain-http' }

/**
 * Reads the address of a service. Pupils' data and secrets travel only encrypted: plain http is taken for this very
 * machine alone (RFC 6749 §1.6, §2.3.1).
 */
export function readServerAddress(text: string): ServerAddress {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password || url.search) {
    return { ok: false, problem: 'server-address' }
  }
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  if (url.protocol === 'http:' && !loopback) return { ok: false, problem: 'server-plain-http' }
  return { ok: true, url: new URL(`${url.origin}${url.pathname.replace(/\/*$/, '/')}`), loopback }
}

/** How often one call is tried when the service is busy or cannot be reached: about a minute and a half in all. */
export const TRIES = 7

const FIRST_PAUSE = 1
const LONGEST_PAUSE = 30
/** A service that asks for a longer pause than this is left for another time. */
const LONGEST_ASKED = 120

/**
 * Seconds to wait before the next try of a call; null: no more.
 * @param tries how often it was tried already
 * @param asked the Retry-After of the service, in seconds
 * @param luck from 0 to 1: spreads those who were sent away at the same moment
 */
export function pauseBeforeRetry(tries: number, asked: number | null, luck: number): number | null {
  if (tries >= TRIES || (asked ?? 0) > LONGEST_ASKED) return null
  const grown = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1))
  return Math.max(asked ?? 0, grown) * (1 + luck / 4)
}

/** The longest pause of a watcher, in seconds. */
const LONGEST_WATCH_PAUSE = 300

/**
 * Seconds until a watcher looks again.
 * @param every what was asked for
 * @param away how often in a row the service could not be reached
 * @param asked its Retry-After, in seconds
 */
export function pauseOfWatcher(every: number, away: number, asked: number | null): number {
  const grown = away === 0 ? every : Math.min(LONGEST_WATCH_PAUSE, every * 2 ** Math.min(away, 20))
  return Math.max(every, grown, Math.min(asked ?? 0, LONGEST_WATCH_PAUSE))
}

/** Seconds before its end at which a token is renewed: a call that begins now must still find it good. */
export const TOKEN_MARGIN = 60

/** When a token must be renewed, in milliseconds: a little before its end, and never before half its life is over. */
export function renewalTime(now: number, lifeSeconds: number): number {
  return now + 1000 * Math.max(lifeSeconds / 2, lifeSeconds - TOKEN_MARGIN)
}
