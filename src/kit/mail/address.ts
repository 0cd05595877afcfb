/** Longest address and local part: RFC 5321 §4.5.3.1. */
const ADDRESS_MAX = 254
const LOCAL_MAX = 64

const ATOM = String.raw`[A-Za-z0-9!#$%&'*+/=?^_\`{|}~-]+`
const LABEL = String.raw`[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?`
const ADDRESS = new RegExp(String.raw`^(${ATOM}(?:\.${ATOM})*)@${LABEL}(?:\.${LABEL})+$`)

/**
 * Whether `text` is one plain e-mail address: dot-atom@host.name in ASCII (RFC 5321 §4.1.2), without quoted local
 * parts, address literals, comments or spaces. What it takes can stand in an SMTP command or a header as it is.
 */
export function isMailAddress(text: string): boolean {
  if (text.length > ADDRESS_MAX) return false
  const local = ADDRESS.exec(text)?.[1]
  return local !== undefined && local.length <= LOCAL_MAX
}

/** One line for a header or a sentence: control characters and those that turn the direction become a space. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim()
}
