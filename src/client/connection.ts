import { setTimeout as wait } from 'node:timers/promises'
import type { Language } from '../kit/i18n.ts'
import { problemAnswer } from './answers.ts'
import {
  ClientFault,
  connectionFault,
  isPassing,
  retryAfterOf,
  ServiceRefusal,
  statusFault,
} from './fault.ts'
import { incoming, type Incoming } from './incoming.ts'
import { pauseBeforeRetry } from './rules.ts'
import { openTokens, type Credentials } from './tokens.ts'

/** Bytes to send: made anew for each try. */
export interface Upload {
  type: string
  length: number
  chunks: AsyncIterable<Uint8Array>
  /** Why the bytes could not be read to their end, if so. */
  failure(): Error | null
}

/** A call of the API. */
export interface Call<T> {
  method?: 'GET' | 'POST'
  /** Relative to the service's address. */
  path: string
  upload?: () => Promise<Upload>
  /** Reads an answer of 2xx; a connection that breaks in it makes the call be tried again. */
  read(answer: Incoming): Promise<T>
}

/** A service, as one machine client sees it. */
export interface Connection {
  /** Makes sure that the service is there and knows the client. */
  open(): Promise<void>
  /** Throws ServiceRefusal, or ClientFault when the service cannot be reached after all tries. */
  call<T>(call: Call<T>): Promise<T>
}

/** How a connection behaves. */
export interface ConnectionOptions extends Credentials {
  language: Language
  /** One try a call: the caller tries again by itself. */
  impatient?: boolean
  /** Once it is aborted no further try is made. */
  stop?: AbortSignal
  /** Told before each pause. */
  onPause?(reason: ClientFault | ServiceRefusal, seconds: number): void
}

/** After so long without a byte sent or an answer the connection is given up. */
const SILENCE_MS = 120_000

/** A connection to a service; nothing is asked of it before the first call. */
export function openConnection(options: ConnectionOptions): Connection {
  const { server } = options
  const tokens = openTokens(options)

  async function once<T>(call: Call<T>): Promise<T> {
    const token = await tokens.get()
    let answer = await send(call, options, token)
    if (answer.status === 401) {
      // revoked, or forgotten by a service that was restored: a new token shows whether the client is still known
      await answer.body?.cancel()
      tokens.drop(token)
      answer = await send(call, options, await tokens.get())
    }
    if (!answer.ok) throw await refusalOf(answer, server)
    return call.read(incoming(answer, server))
  }

  return {
    open: () => patiently(options, async () => void (await tokens.get())),
    call: (call) => patiently(options, () => once(call)),
  }
}

async function patiently<T>(options: ConnectionOptions, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (!isPassing(error) || options.impatient || options.stop?.aborted) throw error
      const seconds = pauseBeforeRetry(tries, error.retryAfter, Math.random())
      if (seconds === null) throw error
      options.onPause?.(error, seconds)
      await pause(seconds, options.stop)
      if (options.stop?.aborted) throw error
    }
  }
}

/** Waits so many seconds, or until `stop` is aborted. */
export async function pause(seconds: number, stop?: AbortSignal): Promise<void> {
  await wait(seconds * 1000, undefined, stop ? { signal: stop } : {}).catch(() => {})
}

async function send<T>(
  { method = 'GET', path, upload }: Call<T>,
  { server, language }: ConnectionOptions,
  token: string,
): Promise<Response> {
  const body = await upload?.()
  const silent = new AbortController()
  const timer = setTimeout(() => silent.abort(new Error('no answer')), SILENCE_MS)
  async function* watched(): AsyncGenerator<Uint8Array> {
    for await (const chunk of body!.chunks) {
      timer.refresh()
      yield chunk
    }
    timer.refresh()
  }
  try {
    return await fetch(new URL(path, server), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': language,
        ...(body ? { 'content-type': body.type, 'content-length': String(body.length) } : {}),
      },
      ...(body ? { body: ReadableStream.from(watched()), duplex: 'half' as const } : {}),
      redirect: 'manual',
      signal: silent.signal,
    })
  } catch (error) {
    throw body?.failure() ?? connectionFault(error, server)
  } finally {
    clearTimeout(timer)
  }
}

async function refusalOf(answer: Response, server: URL): Promise<ClientFault | ServiceRefusal> {
  if (!(answer.headers.get('content-type') ?? '').startsWith('application/problem+json')) {
    await answer.body?.cancel()
    return statusFault(answer, server)
  }
  return new ServiceRefusal(await incoming(answer, server).json(problemAnswer), retryAfterOf(answer))
}
