import { createServer, type Server, type Socket } from 'node:net'
import type { PGlite } from '@electric-sql/pglite'
import { takeTurns } from './turns.ts'
import { message, messageReader, query, startup, type Message } from './wire.ts'

/** How long a client may leave a transaction open without a word before it is dropped, in milliseconds. */
const PATIENCE = 60_000

/** Received bytes after which a checkpoint is due. */
const CHECKPOINT_BYTES = 16 * 1024 * 1024

/** The letter E, with which an answer that is an error begins. */
const ERROR = 0x45

/** Messages that end a batch: the engine answers it as a whole. After F, Q and S it is ready for another client. */
const BATCH_ENDS = 'FQSH'

/** The database served on a socket. */
export interface Serving {
  /** Runs a statement of the server's own, between the clients' transactions; a failure is a warning on stderr. */
  maintain(sql: string): Promise<void>
  /** Keeps every client waiting, with no transaction open and everything written, until the function it gives is called. */
  pause(): Promise<() => void>
  /** Bytes received since this was last asked. */
  traffic(): number
  /** Lets running transactions end (5 s at most), then lets the clients go. */
  stop(): Promise<void>
}

/**
 * Serves PGlite on a UNIX socket to any number of PostgreSQL clients. The engine has one session, so a client's batch
 * of messages (all up to its Sync) runs undivided, and a transaction keeps the database until it ends. A client that
 * goes away in the middle is rolled back before the next one is served.
 *
 * This stands in place of @electric-sql/pglite-socket, which hands the engine one message at a time: with two clients,
 * one's Bind can meet the other's Parse (seen as soon as a parameter is larger than the socket's buffer), and after an
 * error in one the other's statements are skipped without an answer.
 */
export async function serve(db: PGlite, path: string, onFailed: (error: unknown) => void): Promise<Serving> {
  const clients = new Set<Socket>()
  let received = 0
  let sinceCheckpoint = 0
  const turns = takeTurns<Socket>({ patience: PATIENCE, onStalled: (owner) => owner.destroy(), onFailed })

  const run = (bytes: Buffer, answer: (bytes: Buffer) => void): Promise<void> =>
    db.runExclusive(() =>
      db.execProtocolRawStream(bytes, { onRawData: (data: Uint8Array) => answer(Buffer.from(data)) }),
    )
  // the engine's greeting is the same for everybody, so it is asked once and no client waits for it
  const greeting: Buffer[] = []
  await run(startup('postgres', 'postgres'), (bytes) => greeting.push(bytes))

  const maintain = (sql: string): Promise<void> =>
    new Promise((resolve) => {
      turns.ask(null, async () => {
        await run(query(sql), (answer) => {
          if (answer[0] === ERROR) process.emitWarning(`${sql} failed on the embedded database`)
        })
        resolve()
        return false
      })
    })
  const checkpoint = (): Promise<void> => {
    sinceCheckpoint = 0
    return maintain('CHECKPOINT')
  }

  const runBatch = (socket: Socket, batch: Buffer[], end: string): void =>
    turns.ask(socket, async () => {
      // COPY FROM STDIN would wait inside the engine for data that cannot come; a CopyFail ends it, else it is ignored
      const bytes = Buffer.concat(end === 'Q' ? [...batch, message('f', '\0')] : batch)
      await run(bytes, (answer) => void (socket.writable && socket.write(answer)))
      return end === 'H' || db.isInTransaction()
    })

  const listener = createServer((socket) => {
    const read = messageReader()
    let batch: Buffer[] = []
    const take = ({ type, bytes }: Message): void => {
      if (type === 'ssl' || type === 'gssenc') socket.write('N')
      else if (type === 'startup') socket.write(Buffer.concat(greeting))
      else if (type === 'X' || type === 'cancel') socket.end()
      else {
        batch.push(bytes)
        if (!BATCH_ENDS.includes(type)) return
        runBatch(socket, batch, type)
        batch = []
      }
    }
    clients.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: Buffer) => {
      received += chunk.length
      sinceCheckpoint += chunk.length
      try {
        read(chunk).forEach(take)
      } catch {
        socket.destroy()
      }
      // without a checkpointer process nobody else limits the write-ahead log
      if (sinceCheckpoint > CHECKPOINT_BYTES) void checkpoint()
    })
    socket.on('close', () => {
      clients.delete(socket)
      turns.leave(socket, () => run(Buffer.concat([message('S'), query('ROLLBACK')]), () => {}))
    })
  })
  await listen(listener, path)

  return {
    maintain,
    async pause() {
      await checkpoint()
      return new Promise((paused) => {
        turns.ask(null, () => new Promise((resume) => paused(() => resume(false))))
      })
    },
    traffic() {
      const bytes = received
      received = 0
      return bytes
    },
    async stop() {
      const closed = new Promise((resolve) => listener.close(resolve))
      await turns.quiet(5000)
      for (const socket of clients) socket.destroy()
      await closed
      await turns.quiet(5000)
    },
  }
}

function listen(listener: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(path, resolve)
  })
}
