/** A message of PostgreSQL's frontend protocol 3.0. `type` is its letter, or how an untyped opening message is named. */
export interface Message {
  type: string
  bytes: Buffer
}

/** The longest message taken: a body of 20 MiB as hexadecimal text, and room. */
const LONGEST = 128 * 1024 * 1024

/** Opening messages have no letter: length, then one of these codes. */
const OPENINGS = new Map([
  [196608, 'startup'],
  [80877103, 'ssl'],
  [80877104, 'gssenc'],
  [80877102, 'cancel'],
])

/** Letters of frontend messages. The engine would hang on any other, so none reaches it. */
const LETTERS = 'BCDEFHPQSXcdfp'

/**
 * A reader of one client's byte stream: give it chunks as they come, it gives the messages they complete. A long
 * message is put together once, when its last chunk is there.
 * @throws Error on what is not the protocol; the client must then be dropped
 */
export function messageReader(): (chunk: Buffer) => Message[] {
  let chunks: Buffer[] = []
  let held = 0
  let started = false
  let awaited = 8
  const next = (buffer: Buffer): Message | null => {
    const header = started ? 5 : 8
    if (buffer.length < header) return null
    const length = started ? 1 + buffer.readUInt32BE(1) : buffer.readUInt32BE(0)
    const type = started ? String.fromCharCode(buffer[0]!) : OPENINGS.get(buffer.readUInt32BE(4))
    if (!type || (started && !LETTERS.includes(type)) || length < header || length > LONGEST) {
      throw new Error('not the PostgreSQL protocol')
    }
    awaited = length
    return buffer.length < length ? null : { type, bytes: buffer.subarray(0, length) }
  }
  return (chunk) => {
    chunks.push(chunk)
    held += chunk.length
    if (held < awaited) return []
    let buffer = Buffer.concat(chunks)
    const complete: Message[] = []
    for (let message = next(buffer); message; message = next(buffer)) {
      complete.push(message)
      if (message.type === 'startup') started = true
      buffer = buffer.subarray(message.bytes.length)
      awaited = started ? 5 : 8
    }
    chunks = [buffer]
    held = buffer.length
    return complete
  }
}

/** A message of a letter and a body. */
export function message(letter: string, body = ''): Buffer {
  const text = Buffer.from(body, 'utf8')
  const bytes = Buffer.alloc(5 + text.length)
  bytes.write(letter, 'latin1')
  bytes.writeUInt32BE(4 + text.length, 1)
  text.copy(bytes, 5)
  return bytes
}

/** A simple query. */
export const query = (sql: string): Buffer => message('Q', `${sql}\0`)

/** The opening message of a connection. */
export function startup(user: string, database: string): Buffer {
  const text = Buffer.from(`user\0${user}\0database\0${database}\0\0`, 'utf8')
  const bytes = Buffer.alloc(8 + text.length)
  bytes.writeUInt32BE(bytes.length, 0)
  bytes.writeUInt32BE(196608, 4)
  text.copy(bytes, 8)
  return bytes
}
