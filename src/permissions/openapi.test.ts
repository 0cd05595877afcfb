import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { action } from './action.ts'
import { openApi, type Operation } from './openapi.ts'
import { bytesBodySchema, route } from './route.ts'

const finding = z.object({ rule: z.string() }).meta({ id: 'Finding' })

const open = {
  permission: 'find-a-school',
  find: () => Promise.resolve({}),
  business: () => [],
  run: () => Promise.resolve({}),
  auditSubject: () => null,
} as const
const change = action({
  ...open,
  name: 'room.change',
  input: z.strictObject({
    id: z.string().describe('Which one'),
    since: z.iso.datetime().optional(),
    reason: z.string().max(9),
    note: z.string().optional(),
  }),
})
const upload = action({ ...open, name: 'room.upload', input: z.strictObject({ body: bytesBodySchema }) })

const changed = route({
  method: 'POST',
  path: '/things/{id}/change',
  action: change,
  query: ['since'],
  summary: 'Changes it',
  refusals: [409, 503],
  answers: z.object({ at: z.iso.datetime(), count: z.number().int(), findings: z.array(finding) }),
})
const uploaded = route({
  method: 'POST',
  path: '/things',
  action: upload,
  bytes: ['application/xml'],
  status: () => 201,
  summary: 'Sends one',
  answers: 'application/pdf',
})

const described = openApi([changed, uploaded], 'https://cts.example')
const operationAt = (path: string): Operation => described.paths[path]!['post']!

test('what an action takes stands where its route takes it: path, query, body', () => {
  const { parameters, requestBody, operationId } = operationAt('/things/{id}/change')
  assert.equal(operationId, 'room.change')
  assert.deepEqual(parameters.slice(0, 2), [
    { name: 'id', in: 'path', required: true, description: 'Which one', schema: { type: 'string' } },
    { name: 'since', in: 'query', required: false, schema: { type: 'string', format: 'date-time' } },
  ])
  const properties = { reason: { type: 'string', maxLength: 9 }, note: { type: 'string' } }
  const schema = { type: 'object', properties, required: ['reason'], additionalProperties: false }
  assert.deepEqual(requestBody, { required: true, content: { 'application/json': { schema } } })
})

test('bytes are described by their media types', () => {
  const { requestBody, responses } = operationAt('/things')
  assert.deepEqual(requestBody, { required: true, content: { 'application/xml': {} } })
  assert.deepEqual(responses['201'], { description: 'Created', content: { 'application/pdf': {} } })
})

test('an answer names the schemas that have a name, and every refusal is a problem', () => {
  const { responses } = operationAt('/things/{id}/change')
  assert.deepEqual(Object.keys(responses), ['200', '400', '401', '403', '404', '409', '429', '500', '503'])
  assert.match(
    JSON.stringify(responses['200']),
    /"findings":{"type":"array","items":{"\$ref":"#\/components\/schemas\/Finding"}}/,
  )
  assert.match(
    JSON.stringify(responses['409']),
    /"application\/problem\+json":{"schema":{"\$ref":"#\/components\/schemas\/Problem"}}/,
  )
  assert.match(JSON.stringify(responses['503']), /Retry-After/)
  assert.deepEqual(Object.keys(described.components['schemas']!), ['Problem', 'Finding'])
})

test('what was found in a refused file is described where its room names the shape', () => {
  const { Problem } = described.components['schemas'] as Record<
    string,
    { properties: Record<string, unknown> }
  >
  const items = { $ref: '#/components/schemas/Finding' }
  assert.deepEqual(Problem!.properties['findings'], {
    description: 'Where a file was refused: everything found in it',
    type: 'array',
    items,
  })
})

test('a client finds the token endpoint', () => {
  assert.match(
    JSON.stringify(described.components),
    /"tokenUrl":"https:\/\/cts\.example\/secure-access\/token"/,
  )
  assert.match(JSON.stringify(openApi([], '').components), /"tokenUrl":"\/secure-access\/token"/)
})

test('a route that names what its action does not take is not described but thrown out', () => {
  const wrong = route({
    method: 'GET',
    path: '/x/{other}',
    action: change,
    summary: '',
    answers: z.object({}),
  })
  assert.throws(() => openApi([wrong], ''), /GET \/x\/\{other\}: the input of room\.change has no other/)
})
