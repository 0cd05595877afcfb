import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

/**
 * What a proxy does with a request: `pass` it on; `drop` the connection before; `lose` the answer; `cut` the answer's
 * body off in its middle; answer itself; or change what was sent or what is answered.
 */
export type Meddling =
  | 'pass'
  | 'drop'
  | 'lose'
  | 'cut'
  | { status: number; headers?: Record<string, string> }
  | { sent(body: Buffer): Buffer }
  | { answer(body: Buffer): Buffer }

/** A proxy of a test between a client and the service. */
export interface TestProxy {
  url: string
  /** Where the service listens. */
  to: string
  /** Every request that came, as `GET /path`. */
  seen: string[]
  /** What is done with a request, named as in `seen`; at first: pass. */
  meddle(request: string): Meddling | Promise<Meddling>
  /** Forgets what was seen and passes everything on again. */
  reset(): void
  close(): Promise<void>
}

/** Starts a proxy; its address can be the PUBLIC_URL of the service behind it. */
export async function openTestProxy(): Promise<TestProxy> {
  const server = createServer((req, res) => {
    void pass(req, res, proxy).catch(() => res.destroy())
  })
  const proxy: TestProxy = {
    url: '',
    to: '',
    seen: [],
    meddle: () => 'pass',
    reset() {
      proxy.seen = []
      proxy.meddle = () => 'pass'
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy listens at no port')
  proxy.url = `http://127.0.0.1:${address.port}`
  return proxy
}

async function pass(req: IncomingMessage, res: ServerResponse, proxy: TestProxy): Promise<void> {
  const name = `${req.method} ${req.url?.split('?')[0]}`
  proxy.seen.push(name)
  const how = await proxy.meddle(name)
  if (how === 'drop') {
    req.destroy()
    return
  }
  const sent = await buffer(req)
  if (typeof how === 'object' && 'status' in how) {
    res.writeHead(how.status, how.headers).end()
    return
  }
  const changed = typeof how === 'object' && 'sent' in how ? how.sent(sent) : sent
  const answer = await forward(req, proxy.to, changed)
  const body = await buffer(answer)
  if (how === 'lose') {
    res.destroy()
    return
  }
  if (how === 'cut') {
    res.writeHead(answer.statusCode ?? 502, answer.headers)
    res.write(body.subarray(0, body.length / 2), () => res.destroy())
    return
  }
  const answered = typeof how === 'object' && 'answer' in how ? how.answer(body) : body
  res.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'content-length': answered.length })
  res.end(answered)
}

function forward(req: IncomingMessage, to: string, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { 'transfer-encoding': _, ...headers } = req.headers
    const options = { method: req.method, headers: { ...headers, 'content-length': body.length } }
    request(`${to}${req.url}`, options, resolve).once('error', reject).end(body)
  })
}

/** Makes the last line break a space: one byte is another, and XML stays well-formed. */
export function alterByte(body: Buffer): Buffer {
  const altered = Buffer.from(body)
  altered[altered.lastIndexOf(0x0a)] = 0x20
  return altered
}
