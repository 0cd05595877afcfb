import type { CommonPasswords } from './common-passwords.ts'

/** The shortest and the longest password, in Unicode code points (Cyber Essentials: at least 12). */
export const PASSWORD = { min: 12, max: 200 }

/** What can be wrong with a new password, by the endings of `refusals.password-*` in the locales. */
export type PasswordProblem = 'short' | 'long' | 'personal' | 'repeated' | 'run' | 'common'

/** Whose password it is to be. */
export interface PasswordOwner {
  username: string
  name: string
  email: string
}

/**
 * A password as it is counted, compared and hashed: the same characters count as the same however a keyboard
 * makes them (NIST SP 800-63B: NFKC).
 */
export function normalPassword(typed: string): string {
  return typed.normalize('NFKC')
}

/**
 * What is wrong with a new password; null when nothing is. Length counts, and that nobody guesses it from its owner or
 * from a list; which kinds of character are in it does not (NIST SP 800-63B).
 */
export function passwordProblem(
  typed: string,
  owner: PasswordOwner,
  common: CommonPasswords,
): PasswordProblem | null {
  const password = normalPassword(typed).toLowerCase()
  const characters = Array.from(normalPassword(typed))
  if (characters.length < PASSWORD.min) return 'short'
  if (characters.length > PASSWORD.max) return 'long'
  if (isRepeated(characters.map((one) => one.toLowerCase()))) return 'repeated'
  if (isRun(password)) return 'run'
  if (hasOwner(password, owner)) return 'personal'
  return isCommon(password, common) ? 'common' : null
}

/** The same characters three times or more, all the way through. */
function isRepeated(characters: readonly string[]): boolean {
  const longest = Math.ceil(characters.length / 3)
  return Array.from({ length: longest }, (_, at) => at + 1).some((length) =>
    characters.every((one, at) => at < length || one === characters[at - length]),
  )
}

/** Ways along which fingers run, each twice so that a run may go round its end. */
const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '1234567890',
  'qwertyuiopasdfghjklzxcvbnm',
  '1234567890qwertyuiop',
]
  .flatMap((run) => [run, Array.from(run).reverse().join('')])
  .map((run) => run.repeat(21))

function isRun(password: string): boolean {
  return RUNS.some((run) => run.includes(password))
}

/** The shortest part of a name that counts: below it, it stands in too many other words. */
const NAME_PART_MIN = 4

function hasOwner(password: string, { username, name, email }: PasswordOwner): boolean {
  const letters = plain(password)
  const mailbox = email.split('@', 1)
  const words = [...name.split(/[\s'’-]+/), ...mailbox.flatMap((text) => text.split(/[._+-]+/))]
  const parts = [username, name, email, ...mailbox, ...words].map(plain)
  return (
    letters.includes(plain(username)) ||
    parts.some((part) => Array.from(part).length >= NAME_PART_MIN && letters.includes(part))
  )
}

/** Letters and digits only, without accents: ŵ and w are typed for each other. */
function plain(text: string): string {
  return normalPassword(text)
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** Signs and digits that people put in the place of letters. */
const STAND_INS: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
}

/**
 * Common as it is, or but for what stands around a word, between its letters and in their place, or for saying it
 * twice: P@ssw0rd2026! is password.
 */
function isCommon(password: string, common: CommonPasswords): boolean {
  const word = password.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const meant = word.replaceAll(/[@431!0$5]/g, (sign) => STAND_INS[sign]!)
  const isWord = (text: string): boolean => {
    const letters = text.replaceAll(/[^\p{L}]/gu, '')
    const half = letters.slice(0, letters.length / 2)
    return common.hasWord(letters) || (letters === half + half && common.hasWord(half))
  }
  return common.has(password) || isWord(word) || isWord(meant)
}

/** How often a password may be guessed (Cyber Essentials v3.2: at most 10 times in 5 minutes), and from one address. */
export const GUESSES = { minutes: 5, ofUsername: 10, fromAddress: 100 }

/** Minutes in which each step after the password must be taken: setting another, showing or setting up a factor. */
export const STEP_MINUTES = 15

/** A forgotten password: minutes for which its link is good, and how many links an hour a person is sent. */
export const RESET = { minutes: 60, anHour: 3 }

/**
 * Seconds for which the provider remembers a sign-in from now on.
 * @param loginAt when the password was typed, and `now`: seconds since 1970; without a sign-in it is only idle
 */
export function sessionSeconds(
  { loginAt, now }: { loginAt: number | undefined; now: number },
  limits: { sessionHours: number; sessionIdleMinutes: number },
): number {
  const idle = limits.sessionIdleMinutes * 60
  const left = loginAt === undefined ? idle : loginAt + limits.sessionHours * 3600 - now
  return Math.max(1, Math.min(idle, left))
}
