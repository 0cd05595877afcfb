import { pino, type DestinationStream, type Logger } from 'pino'

/**
 * The service's log: JSON lines on standard error, so that standard output stays for what a person or script reads.
 * A request's address, query and headers are never in it: a file's name and a token would be. Nor is what a database
 * says of the row that it refused: a pupil's name would be.
 */
export function openLog(destination: DestinationStream = pino.destination(2), level = 'info'): Logger {
  return pino({ level, base: null, serializers: { err: describeError } }, destination)
}

/** What a database error says of the place and never of the values, by pg's names. */
const DATABASE_FACTS = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const { name, message, stack = '' } = error
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  const fields = error as { code?: unknown; severity?: unknown }
  if (fields.severity === undefined) {
    const code = typeof fields.code === 'string' ? { code: fields.code } : {}
    const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) }
    return { type: name, message, ...code, stack: frames, ...cause }
  }
  // its message may quote a value, its detail the whole row
  const facts = DATABASE_FACTS.map((fact) => [fact, (error as unknown as Record<string, unknown>)[fact]])
  return { type: 'DatabaseError', ...Object.fromEntries(facts), stack: frames }
}
