import { readCtf, type CtfReading, type FileName } from '../ctf/index.ts'
import { sealBody, type SealedBody } from '../kit/seal.ts'

/** What a worker thread is asked: check a file, and seal it if it may be kept. */
export interface CheckTask {
  bytes: Uint8Array
  name: FileName
  /** The present date in England and Wales, CCYY-MM-DD. */
  today: string
  bodyId: string
}

/** What it answers: the reading, and the encrypted body when nothing in the file is an error. */
export interface CheckResult {
  reading: CtfReading
  sealed: SealedBody | null
}

/** The work of one file, off the event loop: gate, parser, rules, digest, compression, encryption. */
export default function check({ bytes, name, today, bodyId }: CheckTask): CheckResult {
  const reading = readCtf(bytes, { name, today })
  return { reading, sealed: reading.errors === 0 ? sealBody(bytes, bodyId) : null }
}
