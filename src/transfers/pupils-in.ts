import { setImmediate as othersTurn } from 'node:timers/promises'
import { CtfProblem, readPupils, type PupilRead } from '../ctf/read-ctf.ts'
import type { XmlLimits } from '../kit/xml/index.ts'

/** So many bytes are read in about two milliseconds, after which other requests get their turn. */
const PIECE = 128 * 1024

/** A pupil of a file, with the file's header. */
export type PupilIn = Pick<PupilRead, 'index' | 'header' | 'pupil'>

/**
 * Some pupils of a file, from one on, without keeping the others; reads no further than it must, and lets others
 * go on meanwhile. Of a file that breaks off, those before.
 * @param from counted from 1
 */
export async function pupilsIn(
  bytes: Uint8Array,
  { from, most, limits }: { from: number; most: number; limits?: Partial<XmlLimits> },
): Promise<PupilIn[]> {
  const pupils: PupilIn[] = []
  try {
    for await (const { index, header, pupil } of readPupils(piecesOf(bytes), { limits })) {
      if (index >= from) pupils.push({ index, header, pupil })
      if (pupils.length >= most) break
    }
  } catch (error) {
    if (!(error instanceof CtfProblem)) throw error
  }
  return pupils
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    if (at > 0) await othersTurn()
    yield bytes.subarray(at, at + PIECE)
  }
}
