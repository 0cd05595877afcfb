import { setImmediate as othersTurn } from 'node:timers/promises'
import { textIn, type Content, type Elements } from '../ctf/content.ts'
import { CtfProblem, readPupils } from '../ctf/read-ctf.ts'

/** So many bytes are read in about two milliseconds, after which other requests get their turn. */
const PIECE = 128 * 1024

/** Values and characters of one pupil that a page takes; a child of sixteen years has some hundred values. */
const SHOWN_MOST = { values: 5000, characters: 500_000 }

/** A pupil of a file, with the file's header. */
export interface PupilIn {
  /** Its place in the file, counted from 1. */
  index: number
  header: Elements
  pupil: Elements
  /** The file says more of it than a page can show: only who it is. */
  isCut: boolean
}

/**
 * Some pupils of a file, from one on, without keeping the others; reads no further than it must, and lets others
 * go on meanwhile. Of a file that breaks off, those before.
 * @param from counted from 1
 */
export async function pupilsIn(
  bytes: Uint8Array,
  { from, most }: { from: number; most: number },
): Promise<PupilIn[]> {
  const pupils: PupilIn[] = []
  try {
    for await (const { index, header, pupil } of readPupils(piecesOf(bytes))) {
      if (index < from) continue
      const isCut = isTooMuch(pupil)
      pupils.push({ index, header, pupil: isCut ? coreOf(pupil) : pupil, isCut })
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

function isTooMuch(pupil: Elements): boolean {
  let { values, characters } = SHOWN_MOST
  const count = (content: Content | undefined): void => {
    if (typeof content === 'object') Object.values(content).forEach(count)
    else {
      values -= 1
      characters -= String(content).length
    }
  }
  count(pupil)
  return values < 0 || characters < 0
}

/** Who a pupil is. */
function coreOf(pupil: Elements): Elements {
  const core = ['UPN', 'Surname', 'Forename', 'DOB'].map((name) => [name, textIn(pupil, name) ?? undefined])
  return Object.fromEntries(core) as Elements
}
