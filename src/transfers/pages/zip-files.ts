import type { Readable } from 'node:stream'
import type { Words } from '../../kit/i18n.ts'
import { Refusal } from '../../kit/refusal.ts'
import { zipStream, type ZipEntry } from '../../kit/zip.ts'
import type { Actor } from '../../permissions/decide.ts'
import { perform } from '../../permissions/perform.ts'
import type { World } from '../../world.ts'
import { fetchFile, recordFetched } from '../fetch-file.ts'
import { londonDate, needsNote, type Side } from '../rules.ts'
import { findFile, type FileRow } from '../store.ts'
import { endWith, whileTheSame } from './may-go-on.ts'

/** What went out of a file. */
export interface FileSent {
  file: FileRow
  as: Side
}

/** Several files in one zip, under their right names. */
export interface FilesZip {
  body: Readable
  name: string
  /** What went into it; whole once the zip is. */
  sent: FileSent[]
}

/** Statuses of a file that cannot be fetched any more, whose words say why. */
const GONE = ['removed', 'rejected', 'forwarded', 'expired']

/**
 * Files as one zip, fetched one after the other while it is sent (guidance for local authorities §5.2). One that was
 * recalled or rejected meanwhile is left out; a text in the zip names it and says why. It breaks off, and is no zip, when
 * its person may no longer do what was begun.
 */
export function zipFiles(world: World, actor: Actor, files: readonly FileRow[], words: Words): FilesZip {
  const now = world.clock.now()
  const sent: FileSent[] = []
  const mayGoOn = whileTheSame(world, actor)
  async function* entries(): AsyncGenerator<ZipEntry> {
    const leftOut: string[] = []
    for (const [name, { id }] of namesInZip(files)) {
      await mayGoOn()
      try {
        const { file, as, bytes } = await perform(world, actor, fetchFile, { id })
        sent.push({ file, as })
        yield { name, at: file.uploadedAt, bytes }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const status = (await findFile(world.db, id))?.status ?? ''
        const why = GONE.includes(status) ? status : 'gone'
        leftOut.push(`${name}: ${words(`pages.transfers.download.leftOut.${why}`)}`)
      }
    }
    if (leftOut.length > 0) yield noteOf(leftOut, words, now)
  }
  const body = zipStream(entries())
  endWith(body, mayGoOn)
  return { body, name: `${actor.organisation}_${londonDate(now)}.zip`, sent }
}

/** A text that any editor shows, Notepad too. */
function noteOf(lines: readonly string[], words: Words, at: Date): ZipEntry {
  const text = [words('pages.transfers.download.leftOut.text', { count: lines.length }), '', ...lines, '']
  const bytes = Buffer.from(`\uFEFF${text.join('\r\n')}`)
  return { name: words('pages.transfers.download.leftOut.name'), at, bytes }
}

/**
 * Files by the names that they have in a zip. The same name may come again in another year: then the later ones in the
 * list lie in a folder of the day on which they were sent.
 */
export function namesInZip<File extends Pick<FileRow, 'name' | 'uploadedAt'>>(
  files: readonly File[],
): Map<string, File> {
  const named = new Map<string, File>()
  for (const file of files) {
    const day = londonDate(file.uploadedAt)
    let name = file.name
    for (let again = 1; named.has(name); again += 1)
      name = `${day}${again > 1 ? `-${again}` : ''}/${file.name}`
    named.set(name, file)
  }
  return named
}

/** Notes of files that went out whole to their destination that they were fetched, where that is not noted yet. */
export async function recordSent(world: World, actor: Actor, sent: readonly FileSent[]): Promise<void> {
  for (const { file, as } of sent) {
    if (as === 'destination' && needsNote(file)) await perform(world, actor, recordFetched, { id: file.id })
  }
}
