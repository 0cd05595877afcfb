import { sampleCtf } from '../src/ctf/index.ts'
import type { TestClient, TestServer } from './server.ts'

/** An answer of the API: its status, its headers, and its body read as JSON where it is JSON. */
export interface ApiAnswer {
  status: number
  headers: Headers
  bytes: Buffer
  // what tests look into is checked by their assertions
  json: ReturnType<typeof JSON.parse>
}

/** The API of a running service, as one machine client uses it. */
export interface Api {
  call(method: string, path: string, options?: CallOptions): Promise<ApiAnswer>
  upload(name: string, bytes: Uint8Array | string, headers?: Record<string, string>): Promise<ApiAnswer>
}

/** What a call may carry. */
export interface CallOptions {
  json?: unknown
  body?: Uint8Array | string
  headers?: Record<string, string>
}

/** Calls the service as `client`; without one, as nobody. */
export function apiOf(server: Pick<TestServer, 'url'>, client?: Pick<TestClient, 'token'>): Api {
  async function call(
    method: string,
    path: string,
    { json, body, headers = {} }: CallOptions = {},
  ): Promise<ApiAnswer> {
    const response = await fetch(server.url + path, {
      method,
      headers: {
        ...(client ? { authorization: `Bearer ${client.token}` } : {}),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined
        ? body === undefined
          ? {}
          : { body: Buffer.from(body) }
        : { body: JSON.stringify(json) }),
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      json: isJson ? JSON.parse(bytes.toString()) : null,
    }
  }
  return {
    call,
    upload: (name, bytes, headers) =>
      call('POST', `/api/v1/files?name=${encodeURIComponent(name)}`, {
        body: bytes,
        headers: { 'content-type': 'application/xml', ...headers },
      }),
  }
}

/** Cardiff High School, The John Frost School and their authorities. */
export const CARDIFF_HIGH = '6814039'
export const JOHN_FROST = '6804020'

/** An invented CTF with its name. `serial` 1 to 999. */
export function ctf(
  source: string,
  destination: string,
  { serial = 1, pupils = 2, seed = 1, today = '2026-09-02' } = {},
): { name: string; bytes: Uint8Array } {
  const padded = String(serial).padStart(3, '0')
  return sampleCtf({ pupils, seed, source, destination, today, serial: padded })
}
