import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, join } from 'node:path'
import { endsOf, type Ends } from '../ctf/header.ts'
import { CtfProblem, fileNameOf, nextSerial, parseFileName, readCtf, type CtfFile } from '../ctf/index.ts'
import { writeFrame, writePupil } from '../ctf/write.ts'
import type { Words } from '../kit/i18n.ts'
import { misuse, sayUnread, type CtfSurroundings } from './ctf-terminal.ts'
import { sizeOf } from './progress.ts'

/** A file that was read, with the parts of its name as header and name have them. */
export interface Transfer {
  path: string
  bytes: Uint8Array
  file: CtfFile
  ends: { type: string; source: string; destination: string }
}

/** A file on one's own disk may be of any size; what makes it hostile stays capped. */
export const OWN_DISK = { elements: Infinity, allAttributes: Infinity }

/** From so many bytes on a person is told that it takes a while. */
export const LARGE = 8 * 1024 * 1024

/** Reads a file as data; when it cannot be, says why and what to do, sets exit status 2 and gives null. */
export function readTransfer(path: string, surroundings: CtfSurroundings, words: Words): Transfer | null {
  const refuse = (why: string) => {
    misuse(surroundings, why)
    return null
  }
  try {
    const { size } = statSync(path)
    if (size >= LARGE) surroundings.remark(words('ctf.cli.reading', { file: path, size: sizeOf(size) }))
    const bytes = readFileSync(path)
    const file = readCtf(bytes, { limits: OWN_DISK })
    const ends = completeEnds(endsOf(file), path)
    return ends ? { path, bytes, file, ends } : refuse(words('ctf.cli.no-ends', { file: path }))
  } catch (error) {
    if (error instanceof CtfProblem) return refuse(sayUnread(error, path, words))
    if (error instanceof Error && 'code' in error) return refuse(words('ctf.cli.cannot-open', { file: path }))
    throw error
  }
}

/** With the type of a partial file that only its name says. */
function completeEnds({ type, source, destination }: Ends, path: string): Transfer['ends'] | null {
  if (source === null || destination === null) return null
  const parsed = parseFileName(basename(path))
  const named = parsed.ok && type === 'CTF' && parsed.name.kind === 'transfer' ? parsed.name.type : type
  return { type: named, source, destination }
}

/** Where files are written, and whether those that are there may be written over. */
export interface Target {
  folder: string
  force: boolean
  /** The paths written in this run. */
  written: Set<string>
}

/**
 * Writes a file under its right name with the first serial number that is free, or with --force the first that this
 * run has not used.
 * @returns its path; null when the folder cannot be written to or has no number free
 */
export function writeTransfer(file: CtfFile, type: string, target: Target): string | null {
  const { source, destination } = endsOf(file)
  return writeUnder({ type, source: source!, destination: destination! }, target, (write) => {
    const [before, behind] = writeFrame(file)
    write(before)
    for (const pupil of file.pupils) write(writePupil(file.root, pupil))
    write(behind)
  })
}

/** The same for what `fill` writes. */
export function writeUnder(
  ends: Transfer['ends'],
  { folder, force, written }: Target,
  fill: (write: (piece: string | Uint8Array) => void) => void,
): string | null {
  let serial = nextSerial(null)
  for (let tries = 0; tries < 999; tries++, serial = nextSerial(serial)) {
    const path = join(folder, fileNameOf({ ...ends, serial }))
    if (written.has(path)) continue
    try {
      mkdirSync(folder, { recursive: true })
      fillFile(path, force ? 'w' : 'wx', fill)
      written.add(path)
      return path
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
      if (error.code !== 'EEXIST' || force) return null
    }
  }
  return null
}

/** Nothing is left of a file that could not be written to its end. */
function fillFile(
  path: string,
  flag: 'w' | 'wx',
  fill: (write: (piece: string | Uint8Array) => void) => void,
): void {
  const file = openSync(path, flag)
  try {
    fill((piece) => {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
    })
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
}

/** Says that no file goes there, and what to do; true when one does. */
export function isSendable(
  { type, source, destination }: Transfer['ends'],
  surroundings: CtfSurroundings,
  words: Words,
): boolean {
  const parsed = parseFileName(`${source}_${type}_${destination}_001.XML`)
  if (parsed.ok) return true
  const action = words(`ctf.name.${parsed.problem}.action`)
  misuse(surroundings, words('ctf.cli.bad-codes', { from: source, to: destination, action }))
  return false
}
