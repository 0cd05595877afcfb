import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose'
import pino from 'pino'
import { JOHN_FROST } from '../../test/api.ts'
import { answer, askingAs, logOffPath, signIn, withOpenidClient } from '../../test/relying-parties.ts'
import { openTestServer } from '../../test/server.ts'
import { grantSystem, newSystem } from '../../test/systems.ts'
import { newAccount } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import { renewSigningKeys } from '../kit/signing-keys.ts'
import { buildApp } from '../serve.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const kidOf = (token: string): string | undefined => decodeProtectedHeader(token).kid

async function keysOf(url: string): Promise<JSONWebKeySet> {
  const answered = await fetch(`${url}/secure-access/jwks`)
  return (await answered.json()) as JSONWebKeySet
}

forEachDatabase((name) => {
  test('signing keys follow one another without a restart, and nobody is signed out by it', async (t) => {
    const server = await openTestServer(name, { log: pino({ level: 'silent' }) })
    // another process that serves the same people
    const second = createServer()
    await new Promise<void>((resolve) => {
      second.listen(0, '127.0.0.1', resolve)
    })
    const other = `http://127.0.0.1:${(second.address() as AddressInfo).port}`
    const app = await buildApp(server.world, second, server.url)
    t.after(async () => {
      const closed = new Promise((resolve) => second.close(resolve))
      second.closeAllConnections()
      await closed
      await app.close()
      await server.close()
    })
    const kids = async (url: string): Promise<unknown[]> => (await keysOf(url)).keys.map(({ kid }) => kid)
    const [former, ...none] = await kids(server.url)
    assert.deepEqual(none, [])

    await server.world.db
      .transaction()
      .execute((tx) => renewSigningKeys(tx, server.clock.now(), { early: true }))
    server.clock.advance(MINUTE)
    const published = await kids(server.url)
    assert.deepEqual([published.length, published[0]], [2, former], 'published, and does not sign yet')
    assert.deepEqual(await kids(other), published)

    server.clock.advance(24 * HOUR - 10 * MINUTE)
    const system = await newSystem(server)
    const person = await newAccount(server, { organisation: JOHN_FROST, role: 'school-user' })
    await grantSystem(server, person, 'collect', ['school-census'])
    const party = await withOpenidClient(server, system)
    const { browser, page } = await signIn(server, party, person)
    const before = await party.complete(page)
    assert.equal(kidOf(before.idToken), former)

    server.clock.advance(20 * MINUTE)
    const refreshed = await party.refresh(before.refresh)
    assert.equal(kidOf(refreshed.idToken), published[1])
    assert.equal((await askingAs(server, system).userinfo(refreshed.access)).status, 200)
    const again = await party.complete(await party.begin(browser))
    assert.equal(kidOf(again.idToken), published[1])
    assert.deepEqual((await kids(other)).sort(), [...published].sort())
    const keys = createLocalJWKSet(await keysOf(other))
    for (const token of [before.idToken, again.idToken])
      await jwtVerify(token, keys, { issuer: `${server.url}/secure-access`, audience: system.clientId })

    const form = await browser.get(logOffPath({ id_token_hint: before.idToken }))
    const off = await answer(browser, form, {})
    assert.match(off.location ?? off.url, /signed-out|success/, 'the former token still logs off')

    server.clock.advance(25 * HOUR)
    assert.deepEqual([await kids(server.url), await kids(other)], [[published[1]], [published[1]]])
  })
})
