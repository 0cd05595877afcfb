import { ENDS, NAME_KIND, START, nameFault } from './characters.ts'
import type { XmlScan } from './scan.ts'

/** What `endOfName` found out about the name that it passed. */
export const passed = { hash: 0, plain: true }

/** The end of a name: at a space, one of / > = < " ' &, the window's end, or one byte past the longest name allowed. */
export function endOfName({ bytes, end, limits }: XmlScan, from: number): number {
  const last = Math.min(end, from + limits.name + 1)
  let hash = 0
  let plain = NAME_KIND[bytes[from]!] === START
  let at = from
  for (; at < last; at++) {
    const byte = bytes[at]!
    const kind = byte < 128 ? NAME_KIND[byte]! : 0
    if (kind === ENDS) break
    if (kind === 0) plain = false
    hash = (Math.imul(hash, 31) + byte) | 0
  }
  passed.hash = hash
  passed.plain = plain
  return at
}

/**
 * Where in the window a name stops being one: just behind its first character that does not belong there, or -1.
 * @param begins whether its first character must be one that a name begins with
 */
export function nameFaultAt({ bytes }: XmlScan, from: number, to: number, begins: boolean): number {
  const name = bytes.toString('utf8', from, to)
  const fault = nameFault(name, 0, name.length, begins)
  return fault < 0 ? -1 : from + Buffer.byteLength(name.slice(0, fault))
}
