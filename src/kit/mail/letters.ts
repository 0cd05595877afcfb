import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime from 'postal-mime'

/** A letter that was written into the mail folder, as its receiver would read it. */
export interface Letter {
  /** Of its file, without .eml; names sort by time. */
  name: string
  at: Date
  to: string
  subject: string
  text: string
}

/** The shape of the names that `openFolder` gives: a time, then the mail's identifier. */
const NAME = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)-[\w-]{1,64}$/

/** Letters of a mail folder, newest first; with `before`, those older than the letter of that name. */
export async function listLetters(
  folder: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<Letter[]> {
  const names = (await readdir(folder).catch(() => []))
    .filter((file) => file.endsWith('.eml'))
    .map((file) => file.slice(0, -'.eml'.length))
    .filter((name) => NAME.test(name) && (before === null || name < before))
    .sort()
    .reverse()
    .slice(0, limit)
  const letters = await Promise.all(names.map((name) => readLetter(folder, name)))
  return letters.filter((letter) => letter !== null)
}

/** One letter by its name; null when there is none. */
export async function readLetter(folder: string, name: string): Promise<Letter | null> {
  const written = NAME.exec(name)
  if (!written) return null
  const message = await readFile(join(folder, `${name}.eml`)).catch(() => null)
  if (!message) return null
  const { to, subject = '', text = '' } = await PostalMime.parse(message)
  return {
    name,
    at: new Date(`${written[1]}:${written[2]}:${written[3]}`),
    to: (to ?? []).map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', '),
    subject,
    text,
  }
}
