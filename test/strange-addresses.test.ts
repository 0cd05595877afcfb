import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Role } from '../src/permissions/table.ts'
import { PAGES } from '../src/serve.ts'
import { openTestServer, type TestServer } from './server.ts'
import { newPerson, visitorOf, type Visitor } from './visitor.ts'
import { forEachDatabase } from './world.ts'

/** Between them they may open every page: organisation, role, approver's flag. */
const VISITORS: [organisation: string, role: Role, approver: boolean][] = [
  ['6804020', 'school-user', true],
  ['680LLLL', 'lea-dba', false],
  ['101LLLL', 'national-administrator', true],
]

/** What no database text holds, and what is longer than any name. */
const STRANGE = ['a\0b', '\0', 'a'.repeat(300)]

forEachDatabase((name) => {
  let server: TestServer
  const visitors: Visitor[] = []

  before(async () => {
    server = await openTestServer(name, { env: { PAGES_A_MINUTE: '100000' } })
    for (const [organisation, role, approver] of VISITORS)
      visitors.push(await visitorOf(server, await newPerson(server, { organisation, role, approver })))
  })
  after(() => server.close())

  const hasParts = PAGES.filter(({ path }) => path.includes('{'))

  it('whatever stands in a part of an address, the answer says what is wrong and nothing breaks', async () => {
    for (const { method, path } of hasParts)
      for (const strange of STRANGE)
        for (const [part] of path.matchAll(/\{\w+\}/g))
          for (const visitor of visitors) {
            const others = path.replace(part, encodeURIComponent(strange))
            const address = others.replaceAll('{organisation}', '6804020').replaceAll(/\{\w+\}/g, 'none')
            const { status } = await (method === 'GET' ? visitor.get(address) : visitor.post(address))
            assert.ok(status < 500, `${status} ${method} ${address}`)
          }
  })
})
