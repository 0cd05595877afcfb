import { randomInt } from 'node:crypto'

/** Letters and digits that nobody takes for one another, read or heard. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

const GROUP = 4

/** A secret that is easy to read out and to type: so many groups of four letters or digits, 19.8 bits each. */
export function readableSecret(groups: number): string {
  const letters = (): string =>
    Array.from({ length: GROUP }, () => LETTERS[randomInt(LETTERS.length)]!).join('')
  return Array.from({ length: groups }, letters).join('-')
}

/** Such a secret as somebody types it, in the one way it is compared: without blanks and hyphens, in small letters. */
export function asTyped(text: string): string {
  return text.toLowerCase().replaceAll(/[\s-]+/g, '')
}
