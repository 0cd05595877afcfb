import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import type { AnyRoute } from './route.ts'

/** A JSON Schema, as far as it is looked into here. */
interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  type?: string
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: false
  [keyword: string]: unknown
}

/** The description of the API: OpenAPI 3.1, as far as it is looked into here. */
export interface ApiDescription {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } }
  servers: { url: string }[]
  security: Record<string, string[]>[]
  paths: Record<string, Record<string, Operation>>
  components: Record<string, Record<string, unknown>>
}

/** One address and method, as described. */
export interface Operation {
  operationId: string
  summary: string
  parameters: unknown[]
  requestBody?: unknown
  responses: Record<string, unknown>
  tags: string[]
}

/** Statuses of refusals that every route may answer. */
const ALWAYS = [400, 401, 403, 404, 429, 500] as const

const problem = z.object({
  type: z.string().describe('Which refusal it is: stable, for programs'),
  title: z.string().describe('What is wrong'),
  status: z.number().int(),
  detail: z.string().describe('What to do'),
  findings: z.array(z.unknown()).optional().describe('Where a file was refused: everything found in it'),
})

/**
 * Describes routes: paths, parameters, bodies, answers and refusals, from the routes and the schemas of their actions.
 * Schemas that carry an id in their zod metadata stand among the components under that name.
 * @param url where the service is reached; empty: the description's own place
 */
export function openApi(routes: readonly AnyRoute[], url: string): ApiDescription {
  const schemas: Record<string, Schema> = { Problem: schemaOf(problem, 'output', {}) }
  const paths: ApiDescription['paths'] = {}
  for (const one of routes) {
    paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: operation(one, schemas) }
  }
  // the room that reads files names the shape of what it finds in them
  const findings = schemas['Problem']?.properties?.['findings']
  if (findings && schemas['Finding']) findings['items'] = { $ref: '#/components/schemas/Finding' }
  const tokenUrl = `${url}/secure-access/token`
  return {
    openapi: '3.1.0',
    info: {
      title: 'Common Transfer System',
      version: '1',
      description:
        'When a child changes school, its record follows. Texts are English or Welsh, by Accept-Language.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: url || '/' }],
    security: [{ client: [] }],
    paths,
    components: {
      securitySchemes: {
        client: { type: 'oauth2', flows: { clientCredentials: { tokenUrl, scopes: {} } } },
      },
      schemas,
      parameters: {
        Language: {
          name: 'Accept-Language',
          in: 'header',
          schema: { type: 'string' },
          example: 'cy, en;q=0.5',
        },
      },
    },
  }
}

function operation(one: AnyRoute, schemas: Record<string, Schema>): Operation {
  const input = schemaOf(one.action.input, 'input', schemas)
  const inPath = [...one.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const inQuery = one.query ?? []
  const parameter = (name: string, place: 'path' | 'query'): unknown => {
    const { description, ...schema } = propertyOf(input, name, one)
    const required = place === 'path' || (input.required?.includes(name) ?? false)
    return { name, in: place, required, ...(description ? { description } : {}), schema }
  }
  const body = one.bytes ? bytesBody(one.bytes) : jsonBody(input, [...inPath, ...inQuery])
  return {
    operationId: one.action.name,
    summary: one.summary,
    tags: [one.action.name.split('.')[0] ?? ''],
    parameters: [
      ...inPath.map((name) => parameter(name, 'path')),
      ...inQuery.map((name) => parameter(name, 'query')),
      { $ref: '#/components/parameters/Language' },
    ],
    ...(body ? { requestBody: body } : {}),
    responses: { ...answers(one, schemas), ...refusals(one) },
  }
}

function propertyOf(input: Schema, name: string, one: AnyRoute): Schema {
  const found = input.properties?.[name]
  if (!found) throw new Error(`${one.method} ${one.path}: the input of ${one.action.name} has no ${name}`)
  return found
}

function bytesBody(types: readonly string[]): unknown {
  return { required: true, content: Object.fromEntries(types.map((type) => [type, {}])) }
}

/** What of the input comes neither in the path nor in the query; null when nothing is left. */
function jsonBody(input: Schema, elsewhere: readonly string[]): unknown {
  const properties = Object.entries(input.properties ?? {}).filter(([name]) => !elsewhere.includes(name))
  if (properties.length === 0) return null
  const required = (input.required ?? []).filter((name) => !elsewhere.includes(name))
  const schema = { ...input, properties: Object.fromEntries(properties), required }
  return { required: required.length > 0, content: { 'application/json': { schema } } }
}

function answers(one: AnyRoute, schemas: Record<string, Schema>): Record<string, unknown> {
  const content =
    typeof one.answers === 'string'
      ? { [one.answers]: {} }
      : { 'application/json': { schema: schemaOf(one.answers, 'output', schemas) } }
  const statuses = typeof one.status === 'function' ? [200, 201] : [one.status ?? 200]
  return Object.fromEntries(
    statuses.map((status) => [status, { description: STATUS_CODES[status], content }]),
  )
}

function refusals(one: AnyRoute): Record<string, unknown> {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  const retry = { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } }
  const refusal = (status: number): unknown => ({
    description: STATUS_CODES[status],
    ...(status === 429 || status === 503 ? { headers: retry } : {}),
    content,
  })
  return Object.fromEntries([...ALWAYS, ...(one.refusals ?? [])].map((status) => [status, refusal(status)]))
}

/** The JSON Schema of what is sent (`input`) or answered (`output`); its named parts are put into `named`. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', named: Record<string, Schema>): Schema {
  const made: unknown = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    io,
    override: ({ jsonSchema }) => dropNoise(jsonSchema),
  })
  const text = JSON.stringify(made).replaceAll('#/$defs/', '#/components/schemas/')
  const { $schema: _, $defs = {}, ...own } = JSON.parse(text) as Schema
  Object.assign(named, $defs)
  return own
}

/** A date's pattern of 400 characters says no more than its format, nor the limits of all integers. */
function dropNoise(schema: Record<string, unknown>): void {
  if (schema['format'] === 'date-time') delete schema['pattern']
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum']
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum']
}
