import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ClientFault,
  openConnection,
  ServiceRefusal,
  type Connection,
  type ConnectionOptions,
  type FaultCode,
} from '../src/client/index.ts'
import { sampleCtf } from '../src/ctf/index.ts'
import { openTestProxy, type TestProxy } from './proxy.ts'
import { openTestServer, type TestClient, type TestServer } from './server.ts'
import type { DatabaseName } from './world.ts'

/** Cardiff High School and The John Frost School. */
export const CARDIFF_HIGH = '6814039'
export const JOHN_FROST = '6804020'

/** Two schools and the service between them, behind a proxy. */
export interface Journey {
  server: TestServer
  proxy: TestProxy
  sender: TestClient
  receiver: TestClient
  /** A temporary folder; removed at the end. */
  folder(): string
  /** An invented file from the sender to the receiver in a folder of its own; gives its path, name and bytes. */
  file(pupils?: number): { path: string; name: string; bytes: Uint8Array }
  connect(client: TestClient, options?: Partial<ConnectionOptions>): Connection
  close(): Promise<void>
}

/** Starts the service, with both schools' clients. */
export async function openJourney(name: DatabaseName): Promise<Journey> {
  const proxy = await openTestProxy()
  const server = await openTestServer(name, { env: { PUBLIC_URL: proxy.url } })
  proxy.to = server.url
  const root = mkdtempSync(join(tmpdir(), 'cts-journey-'))
  const folder = (): string => mkdtempSync(join(root, 'folder-'))
  let files = 0
  return {
    server,
    proxy,
    sender: await server.client(CARDIFF_HIGH, 'school-user'),
    receiver: await server.client(JOHN_FROST, 'school-user'),
    folder,
    file(pupils = 1) {
      files += 1
      const serial = String(files).padStart(3, '0')
      const { name, bytes } = sampleCtf({
        pupils,
        seed: files,
        source: CARDIFF_HIGH,
        destination: JOHN_FROST,
        today: '2026-09-02',
        serial,
      })
      const path = join(folder(), name)
      writeFileSync(path, bytes)
      return { path, name, bytes }
    },
    connect: ({ id, secret }, options = {}) =>
      openConnection({
        server: new URL(`${proxy.url}/`),
        loopback: true,
        id,
        secret,
        language: 'en',
        ...options,
      }),
    async close() {
      await proxy.close()
      await server.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** For assert.rejects: the error is the fault with that code. */
export function fault(code: FaultCode): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ClientFault, String(error))
    assert.equal(error.code, code)
    return true
  }
}

/** For assert.rejects: the error is the service's refusal with that status. */
export function refusal(status: number): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ServiceRefusal, String(error))
    assert.equal(error.problem.status, status)
    return true
  }
}
