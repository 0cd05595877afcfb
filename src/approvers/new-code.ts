import { createHmac, randomInt } from 'node:crypto'
import type { World } from '../world.ts'
import { ALPHABET, GROUPS } from './rules.ts'

/** A new code, without hyphens. */
export function newCode(): string {
  const length = GROUPS.count * GROUPS.length
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** Hashes under the secret of codes. */
export interface CodeHash {
  /** What is kept of a code: nobody can try codes on it without the secrets of the installation. */
  ofCode(code: string): Buffer
  /** By which wrong codes are counted: of a person, or from a network address. */
  ofTrier(kind: 'person' | 'address', name: string): Buffer
}

/** Opens the hashes of codes. */
export async function openCodeHash({ secrets }: Pick<World, 'secrets'>): Promise<CodeHash> {
  const key = await secrets.get('approver-codes')
  const hash = (text: string): Buffer => createHmac('sha256', key).update(text).digest()
  return {
    ofCode: (code) => hash(`code ${code}`),
    ofTrier: (kind, name) => hash(`${kind} ${name}`),
  }
}
