import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'

/** The moments of a delivery at which a server can act. */
export type Moment = 'connect' | 'recipient' | 'data' | 'end'

/**
 * What the server does at a moment: goes on, answers with a status of its own, says nothing any more, or drops the
 * line.
 */
export type Manner = 'accept' | number | 'hang' | 'drop'

/** A message that the server received whole, whatever it answered. */
export interface Arrived {
  id: string
  to: string
  text: string
}

/** A real SMTP server on this machine. */
export interface MailServer {
  port: number
  /** As SMTP_URL. */
  url: string
  arrived: Arrived[]
  /** Connections made so far. */
  connections(): number
  close(): Promise<void>
}

/**
 * Starts an SMTP server on a loopback port. `manner` decides at every moment of every delivery; its default accepts
 * everything.
 */
export async function startMailServer(
  manner: (moment: Moment, address: string) => Manner = () => 'accept',
  port = 0,
): Promise<MailServer> {
  const sockets = new Map<number, Socket>()
  const arrived: Arrived[] = []
  let connections = 0

  function act(moment: Moment, session: SMTPServerSession, done: (error?: Error | null) => void): void {
    const address = session.envelope.rcptTo[0]?.address ?? ''
    const what = manner(moment, address)
    if (what === 'accept') done()
    else if (what === 'drop') sockets.get(session.remotePort)?.destroy()
    else if (what !== 'hang') done(Object.assign(new Error('as the test wants'), { responseCode: what }))
  }

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect(session, done) {
      connections += 1
      act('connect', session, done)
    },
    onRcptTo({ address }, session, done) {
      const envelope = { ...session.envelope, rcptTo: [{ address, args: {} }] }
      act('recipient', { ...session, envelope }, done)
    },
    onData(stream, session, done) {
      receive(stream, () => act('data', session, () => {})).then(
        (text) => {
          const id = /^Message-ID: <([^@]+)@/im.exec(text)?.[1] ?? ''
          arrived.push({ id, to: session.envelope.rcptTo[0]?.address ?? '', text })
          act('end', session, done)
        },
        () => {},
      )
    },
  })
  server.on('error', () => {})
  server.server.on('connection', (socket) => sockets.set(socket.remotePort ?? 0, socket))
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const taken = (server.server.address() as AddressInfo).port
  return {
    port: taken,
    url: `smtp://127.0.0.1:${taken}`,
    arrived,
    connections: () => connections,
    close() {
      for (const socket of sockets.values()) socket.destroy()
      return new Promise((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

async function receive(stream: Readable, begun: () => void): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (chunks.length === 0) begun()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
