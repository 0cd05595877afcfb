import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createPerson, invite, newPersonId, redeemInvitation } from '../src/accounts/index.ts'
import { readSystem } from '../src/systems/index.ts'
import { CLAIMS } from '../src/secure-access/scopes.ts'
import { routes } from '../src/systems/index.ts'
import { JOHN_FROST, type Api } from './api.ts'
import { openTestServer, type TestServer } from './server.ts'
import { grantSystem, systemApi } from './systems.ts'

const DOCS = join(import.meta.dirname, '../docs')
const text = readFileSync(join(DOCS, 'connected-systems.md'), 'utf8')
const examples = [...text.matchAll(/```http\nGET (\S+)\n```\n\n```json\n([^`]*)```/g)]

describe('docs/connected-systems.md', () => {
  let server: TestServer
  let api: Api
  const sub = newPersonId()

  before(async () => {
    server = await openTestServer('embedded')
    api = await systemApi(
      server,
      readSystem(readFileSync(join(DOCS, 'examples/system-collect.json'), 'utf8')),
    )
    const now = server.clock.now()
    const person = {
      id: sub,
      username: 'nesta',
      name: 'Nesta Invented',
      email: 'nesta.invented@frost.example.org',
      organisation: JOHN_FROST,
      role: 'school-user',
      approver: true,
    }
    await server.world.db.transaction().execute(async (tx) => {
      await createPerson(tx, person, now, server.world.config)
      const { token } = await invite(tx, sub, now)
      await redeemInvitation(tx, token, now)
    })
    await grantSystem(server, person, 'collect', ['school-census'])
  })
  after(() => server.close())

  test('shows a call of every address for systems', () => {
    assert.deepEqual(
      examples.map(([, path = '']) => path.split('?')[0]!.replace('6804020', '{code}')),
      routes.map(({ path }) => path),
    )
  })

  for (const [, path = '', answer = ''] of examples) {
    test(`what it shows is what ${path} answers`, async () => {
      const { status, json } = await api.call('GET', path.replace('{sub}', sub))
      assert.equal(status, 200)
      assert.deepEqual(json, JSON.parse(answer.replaceAll('{sub}', sub)))
    })
  }

  test('names every scope with its claims, the service itself has more', () => {
    for (const [scope, claims] of Object.entries(CLAIMS)) {
      const row = new RegExp(`^\\| \`${scope}\` .*$`, 'm').exec(text)?.[0] ?? ''
      for (const claim of claims.filter((one) => one !== 'organisations'))
        assert.ok(row.includes(`\`${claim}\``), `${scope}: ${claim}`)
    }
  })
})
