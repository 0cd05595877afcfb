import { Readable } from 'node:stream'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import { oneLine } from './address.ts'
import type { Letter } from './compose.ts'
import type { Patience } from './patience.ts'
import type { Desk, Outcome, Post } from './post.ts'

/** The end of a message, held back until it is written down that it goes out. A server must forget a message without it. */
const END_BYTES = 2

/** What the library tells of a failure. */
interface SmtpFailure extends Error {
  code?: string
  command?: string
  responseCode?: number
}

/** What is known when a letter fails: the failure, whether there was a line at all, whether the end had gone out. */
export interface Failed {
  failure: SmtpFailure
  opened: boolean
  handedOver: boolean
}

/**
 * What a failure means (RFC 5321 §4.2.1: 4yz may pass later, 5yz never will). A refusal of this receiver or this
 * message is the letter's; everything about connection, greeting, login and our own address is the server's; 503
 * says that the session went wrong. Without an answer after the end of the message nobody knows.
 */
export function outcomeOf(id: string, { failure, opened, handedOver }: Failed): Outcome {
  const error = oneLine(failure.message).slice(0, 300)
  const reply = failure.responseCode
  if (handedOver && reply === undefined) return { id, kind: 'uncertain', error }
  if (!opened || failure.command === 'MAIL FROM' || reply === 421) return { id, kind: 'unreachable', error }
  if (failure.code === 'EMESSAGE' && reply === undefined) return { id, kind: 'refused', error }
  const never = reply !== undefined && reply >= 500 && reply !== 503
  return { id, kind: never ? 'refused' : 'deferred', error }
}

/** An open line to the server. */
interface Line {
  connection: SMTPConnection
  /** Rejects when the line breaks; after that nothing more goes out on it. */
  broken: Promise<never>
}

/**
 * Delivers letters to the server at `url` (smtp: or smtps:, settings of the library as its query). A login is sent
 * over TLS only, unless the address says `?requireTLS=false`.
 */
export function openSmtp(url: string, patience: Patience): Post {
  const { auth, ...address } = parseConnectionUrl(url)
  const options: SMTPConnectionOptions = {
    requireTLS: auth !== undefined && address.secure !== true,
    ...address,
    connectionTimeout: patience.connect * 1000,
    greetingTimeout: patience.connect * 1000,
    dnsTimeout: patience.connect * 1000,
    socketTimeout: patience.silence * 1000,
    socketCloseTimeout: 1000,
    logger: false,
  }
  const lines = new Set<SMTPConnection>()

  async function open(): Promise<Line> {
    const connection = new SMTPConnection(options)
    lines.add(connection)
    connection.once('end', () => lines.delete(connection))
    const broken = new Promise<never>((_, reject) => {
      connection.on('error', reject)
      // a moment later: when the server closes with a last reply (421), the reply is the better reason
      connection.once('end', () => setImmediate(reject, new Error('the line was closed')))
    })
    broken.catch(() => {})
    const ready = new Promise<void>((resolve, reject) => {
      connection.connect((failed) => {
        if (failed) return reject(failed)
        if (!auth) return resolve()
        connection.login(auth, (refused) => (refused ? reject(refused) : resolve()))
      })
    })
    try {
      await within(patience.connect + patience.silence, Promise.race([ready, broken]))
    } catch (error) {
      connection.close()
      throw error
    }
    return { connection, broken }
  }

  async function carryOne(line: Line, letter: Letter, desk: Desk): Promise<Outcome> {
    let handedOver = false
    async function* pieces(): AsyncGenerator<Buffer> {
      yield letter.message.subarray(0, -END_BYTES)
      await desk.handingOver(letter.id)
      handedOver = true
      yield letter.message.subarray(-END_BYTES)
    }
    const answered = new Promise<void>((resolve, reject) => {
      const message = Readable.from(pieces(), { objectMode: false })
      const envelope = { from: letter.from, to: letter.to, size: letter.message.length }
      line.connection.send(envelope, message, (failure) => (failure ? reject(failure) : resolve()))
    })
    try {
      await within(patience.mail, Promise.race([answered, line.broken]))
      return { id: letter.id, kind: 'sent' }
    } catch (error) {
      // nothing more goes out on this line, so what is known now stays true
      line.connection.close()
      return outcomeOf(letter.id, { failure: failureOf(error), opened: true, handedOver })
    }
  }

  return {
    batch: 10,
    lines: 4,
    async carry(letters, desk) {
      let line: Line | null = null
      try {
        for (const letter of letters) {
          if (!desk.goOn()) break
          let outcome: Outcome
          try {
            line ??= await open()
            outcome = await carryOne(line, letter, desk)
          } catch (error) {
            outcome = outcomeOf(letter.id, {
              failure: failureOf(error),
              opened: false,
              handedOver: false,
            })
          }
          if (outcome.kind !== 'sent') line = null
          await desk.settle([outcome])
        }
      } finally {
        line?.connection.quit()
      }
    },
    breakOff() {
      for (const connection of lines) connection.close()
    },
  }
}

function failureOf(error: unknown): SmtpFailure {
  return error instanceof Error ? error : new Error(String(error))
}

/** What `work` gives, or a failure when it takes longer than `seconds`. */
async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${seconds} s`)), seconds * 1000)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
