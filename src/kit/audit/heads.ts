import type { KeyObject } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { mac, type ChainEnd } from './chain.ts'

// The end of the chain is written down outside the database, a line at a time, so that rows cut off the end are missed:
// nothing in the database itself can tell. A copy of the file on another machine guards against whoever rules this one.

/** A head as it stands in the file. */
export interface Head {
  n: number
  /** Lower-case hex. */
  hash: string
}

/** Appends the chain's end, with the time, to the file of heads and syncs it. */
export async function appendHead(
  file: string,
  key: KeyObject,
  { n, hash }: ChainEnd,
  at: Date,
): Promise<void> {
  const facts = `${n} ${hash.toString('hex')} ${at.toISOString()}`
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(file, 'a+', 0o600)
  try {
    const { size } = await handle.stat()
    // a line that a power cut left half must not swallow the next
    const last = size > 0 ? (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString() : '\n'
    await handle.appendFile(
      `${last === '\n' ? '' : '\n'}${facts} ${mac(key, 'head', facts).toString('hex')}\n`,
    )
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Reads a file of heads line by line, lines from 1; `head` is null where the line is not as it was written. */
export async function* readHeads(
  file: string,
  key: KeyObject,
): AsyncGenerator<{ line: number; head: Head | null }> {
  const handle = await open(file)
  let line = 0
  for await (const text of handle.readLines()) yield { line: ++line, head: readHead(text, key) }
}

function readHead(text: string, key: KeyObject): Head | null {
  const [, facts = '', n, hash = '', seal] = /^((\d+) ([0-9a-f]{64}) \S+) ([0-9a-f]{64})$/.exec(text) ?? []
  return seal === mac(key, 'head', facts).toString('hex') ? { n: Number(n), hash } : null
}
