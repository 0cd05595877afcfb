import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'
import type { ApiDescription, Operation } from '../src/permissions/openapi.ts'
import type { ApiAnswer } from './api.ts'

// a CommonJS module whose types name only its default
const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void

/** An operation with its address. */
export interface Described {
  method: string
  path: string
  operation: Operation
}

/** Every operation of a description. */
export function operationsOf(description: ApiDescription): Described[] {
  return Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
}

/** What an operation answers with a status: media types and their schemas. */
export type Content = Record<string, { schema?: object }>

/** The contents that an operation describes for a status; null when it does not name the status. */
export function contentOf({ operation }: Described, status: number): Content | null {
  const response = operation.responses[String(status)] as { content?: Content } | undefined
  return response ? (response.content ?? {}) : null
}

/** Says what in an answer is not as described; null when all is. */
export type CheckAnswer = (described: Described, answer: ApiAnswer) => string | null

/**
 * Compiles every schema of a description, each strictly (an unknown keyword or format throws), and gives the check of
 * real answers: status, media type and body.
 */
export function openCheck(description: ApiDescription): CheckAnswer {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true })
  addFormats(ajv)
  for (const [name, schema] of Object.entries(description.components['schemas'] ?? {})) {
    ajv.addSchema(standingAlone(schema as object), name)
  }
  const compiled = new Map<string, ValidateFunction>()
  for (const described of operationsOf(description)) {
    for (const status of Object.keys(described.operation.responses)) {
      for (const [type, { schema }] of Object.entries(contentOf(described, Number(status))!)) {
        if (schema) compiled.set(keyOf(described, Number(status), type), ajv.compile(standingAlone(schema)))
      }
    }
    for (const schema of takenSchemas(described)) ajv.compile(standingAlone(schema))
  }
  return (described, answer) => {
    const content = contentOf(described, answer.status)
    if (!content) return `status ${answer.status} is not described: ${answer.bytes.toString()}`
    const type = (answer.headers.get('content-type') ?? '').split(';')[0]!
    if (!(type in content))
      return `${answer.status} as ${type}, described as ${Object.keys(content).join(', ')}`
    const check = compiled.get(keyOf(described, answer.status, type))
    return !check || check(answer.json) ? null : `${answer.status}: ${ajv.errorsText(check.errors)}`
  }
}

function keyOf({ method, path }: Described, status: number, type: string): string {
  return `${method} ${path} ${status} ${type}`
}

/** A component is referred to by its name alone. */
function standingAlone(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"')) as object
}

/** Schemas of parameters and bodies. */
function takenSchemas({ operation }: Described): object[] {
  const parameters = operation.parameters as { schema?: object }[]
  const body = operation.requestBody as { content: Content } | undefined
  return [...parameters, ...Object.values(body?.content ?? {})].flatMap(({ schema }) => schema ?? [])
}
