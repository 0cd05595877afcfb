import { checkCtf, type CtfReading, type FileName } from '../ctf/index.ts'
import { sealBody, type SealedBody } from '../kit/seal.ts'

/** What a worker thread is asked: check a file, and seal it if it may be kept. */
export interface CheckTask {
  bytes: Uint8Array
  /** Undefined where what it is called says nothing of what it is. */
  name: FileName | undefined
  /** The present date in England and Wales, CCYY-MM-DD. */
  today: string
  /** Null where nothing of it will be kept. */
  bodyId: string | null
}

/** A task as it reaches the worker, which sets the one byte of `begun` when it begins. */
export interface BegunTask extends CheckTask {
  begun: Uint8Array
}

/** What it answers: the reading, and the encrypted body when it is wanted and nothing in the file is an error. */
export interface CheckResult {
  reading: CtfReading
  sealed: SealedBody | null
}

/** The work of one file, off the event loop: gate, parser, rules, digest, compression, encryption. */
export default function check({ bytes, name, today, bodyId, begun }: BegunTask): CheckResult {
  begun[0] = 1
  const reading = checkCtf(bytes, { name, today })
  if (reading.errors > 0 || bodyId === null) return { reading, sealed: null }
  const sealed = sealBody(bytes, bodyId)
  // a small Buffer is a part of a larger memory, and all of that would be copied to the thread that waits
  return { reading, sealed: { ...sealed, ciphertext: Buffer.from(new Uint8Array(sealed.ciphertext).buffer) } }
}
