import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { sampleCtf } from '../../src/ctf/index.ts'
import type { Clock } from '../../src/kit/clock.ts'
import type { Person } from '../browser.ts'
import { choosesFromMenu, presses, sees, words } from './steps.ts'

/** A file on somebody's computer. */
export interface LocalFile {
  name: string
  path: string
  bytes: Buffer
}

/** Schools of the demonstration. */
export const ROGERSTONE = '6802276'
export const JOHN_FROST = '6804020'
export const NEWPORT_HIGH = '6804025'
export const CAERLEON = '6804059'
export const CARDIFF_HIGH = '6814039'
export const FAIRWATER = '6812017'
export const PENCAE = '6812177'
export const GLANTAF = '6814071'

const folder = mkdtempSync(join(tmpdir(), 'cts-journey-files-'))
after(() => rmSync(folder, { recursive: true, force: true }))

let made = 0

/** A CTF of invented pupils, as a school's system exports it on the day of the journey. */
export function exportCtf(
  clock: Clock,
  source: string,
  destination: string,
  { faulty = false, pupils = 3 } = {},
): LocalFile {
  made += 1
  const today = clock.now().toISOString().slice(0, 10)
  // the demonstration has used the numbers below
  const serial = String(500 + made)
  const { name, bytes } = sampleCtf({ pupils, seed: 7000 + made, source, destination, today, serial })
  const text = Buffer.from(bytes).toString()
  const file = { name, path: join(folder, name), bytes: Buffer.from(faulty ? withFaults(text) : text) }
  writeFileSync(file.path, file.bytes)
  return file
}

/** What goes wrong in schools: a UPN mistyped, and a date of birth that no calendar has. */
function withFaults(text: string): string {
  return text
    .replace(/<UPN>([A-Z])/, (_, letter: string) => `<UPN>${letter === 'A' ? 'B' : 'A'}`)
    .replace(/<DOB>(\d{4})[^<]*/, '<DOB>$1-02-30')
}

/** Chooses files in the window for choosing files. */
export async function choosesFiles({ page }: Person, files: readonly LocalFile[]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(files.map(({ path }) => path))
}

/** Drags files from a folder on the computer into the area for them. */
export async function dragsFiles({ page, context }: Person, files: readonly LocalFile[]): Promise<void> {
  const area = (await page.locator('.govuk-file-upload-button').boundingBox())!
  const at = { x: area.x + area.width / 2, y: area.y + area.height / 2 }
  const data = { items: [], files: files.map(({ path }) => path), dragOperationsMask: 1 }
  const session = await context.newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...at, data })
  await session.detach()
}

/** Sends files by the page for uploading, all of which go through. */
export async function uploads(person: Person, files: readonly LocalFile[]): Promise<void> {
  const counted = { count: files.length, n: files.length }
  await choosesFromMenu(person, 'upload')
  await choosesFiles(person, files)
  await presses(person, words(person, 'transfers.upload.script.send', counted))
  await sees(person, words(person, 'transfers.upload.script.sent', counted))
}

/** The names and numbers in a file, of its pupils and of those who care for them. */
export function pupilData({ bytes }: LocalFile): string[] {
  return [...bytes.toString().matchAll(/<(?:Surname|Forename|UPN)>([^<]+)/g)].map(([, text = '']) => text)
}

/** The pupils' numbers in a file. */
export function upnsOf({ bytes }: LocalFile): string[] {
  return [...bytes.toString().matchAll(/<UPN>([^<]+)/g)].map(([, upn = '']) => upn)
}
