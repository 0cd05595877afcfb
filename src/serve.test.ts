import assert from 'node:assert/strict'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { apiOf, CARDIFF_HIGH, ctf, JOHN_FROST, type Api } from '../test/api.ts'
import { openTestServer, type TestClient, type TestServer } from '../test/server.ts'
import { openTestWorld } from '../test/world.ts'
import { buildApp } from './serve.ts'

describe('the web app', () => {
  let server: TestServer
  let client: TestClient
  let cardiff: Api
  before(async () => {
    server = await openTestServer('embedded')
    client = await server.client(CARDIFF_HIGH, 'school-user')
    cardiff = apiOf(server, client)
  })
  after(() => server.close())

  it('answers what comes before it is whole, and lives on', async () => {
    const opened = await openTestWorld('embedded')
    const early = createServer()
    await new Promise<void>((resolve) => early.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(early.address() as AddressInfo).port}`
    const building = buildApp(opened.world, early, url)
    const answer = await fetch(`${url}/health/live`)
    assert.equal(answer.status, 503)
    assert.equal(answer.headers.get('retry-after'), '1')
    const app = await building
    assert.equal((await fetch(`${url}/health/live`)).status, 200)
    early.close()
    early.closeAllConnections()
    await app.close()
    await opened.close()
  })

  it('refuses in problem+json what the router itself refuses', async () => {
    const answer = await cardiff.call('GET', '/api/v1/files/%zz')
    assert.equal(answer.status, 400)
    assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8')
    assert.equal(answer.json.type, 'urn:cts:problem:bad-request')
  })

  it('lets a sender that closes afterwards and writes all before it reads see why it is refused', async () => {
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    const size = 12 * 1024 * 1024
    // nothing is read before everything was written
    socket.pause()
    socket.write(
      `POST /api/v1/files?name=${JOHN_FROST}_CTF_${CARDIFF_HIGH}_001.XML HTTP/1.1\r\nHost: x\r\nConnection: close\r\n` +
        `Authorization: Bearer ${client.token}\r\nContent-Type: application/xml\r\nContent-Length: ${size}\r\n\r\n`,
    )
    for (let sent = 0; sent < size; sent += 1024 * 1024) {
      if (!socket.write(Buffer.alloc(1024 * 1024, ' '))) await once(socket, 'drain')
    }
    assert.match(await text(socket), /^HTTP\/1\.1 403 /)
  })

  it('refuses a compressed body with 415', async () => {
    const { name, bytes } = ctf(CARDIFF_HIGH, JOHN_FROST)
    const answer = await cardiff.upload(name, bytes, { 'content-encoding': 'gzip' })
    assert.equal(answer.status, 415)
    assert.equal(answer.json.type, 'urn:cts:problem:content-encoding')
    const plain = await cardiff.upload(name, bytes, { 'content-encoding': 'identity' })
    assert.equal(plain.status, 201)
  })

  it('allows a browser to load nothing from an answer of the API', async () => {
    const asked = request(`${server.url}/health/live`).end()
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    answer.resume()
    assert.equal(answer.headers['content-security-policy'], "default-src 'none';frame-ancestors 'none'")
  })
})
