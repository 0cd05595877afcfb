import type { z } from 'zod'
import type { problemAnswer } from './answers.ts'

/** What can go wrong on this side or between: each has its sentence at `clientCommand.faults.<code>` in the locales. */
export const FAULT_CODES = [
  'server-address',
  'server-plain-http',
  'server-other-address',
  'not-this-service',
  'credentials',
  'unreachable',
  'busy',
  'certificate',
  'unexpected-answer',
  'cannot-open',
  'changed-while-sent',
  'receipt-differs',
  'digest-differs',
  'name-not-allowed',
  'other-file-there',
  'cannot-write',
  'folder',
  'folder-in-use',
  'taken-back',
] as const

/** One of FAULT_CODES. */
export type FaultCode = (typeof FAULT_CODES)[number]

/** Something that went wrong on this side or between; `params` are the values for its sentence. */
export class ClientFault extends Error {
  readonly code: FaultCode
  readonly params: Record<string, string | number>
  /** Seconds after which the service asked to be called again. */
  readonly retryAfter: number | null

  constructor(
    code: FaultCode,
    params: Record<string, string | number> = {},
    { retryAfter = null, cause }: { retryAfter?: number | null; cause?: unknown } = {},
  ) {
    super(code, { cause })
    this.name = 'ClientFault'
    this.code = code
    this.params = params
    this.retryAfter = retryAfter
  }
}

/** What an error of the file system means; its own words name the cause (ENOENT, EACCES, ENOSPC …). */
export function fileFault(
  code: 'cannot-open' | 'cannot-write' | 'folder',
  path: string,
  error: unknown,
): ClientFault {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  return new ClientFault(code, { path, reason }, { cause: error })
}

/** The service said no; `problem` says why and what to do, in the language that was asked for. */
export class ServiceRefusal extends Error {
  readonly problem: z.infer<typeof problemAnswer>
  /** Seconds after which the service asked to be called again. */
  readonly retryAfter: number | null

  constructor(problem: z.infer<typeof problemAnswer>, retryAfter: number | null) {
    super(`${problem.status} ${problem.title}`)
    this.name = 'ServiceRefusal'
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

/** Statuses of a service that is busy, or of a proxy before one that is being restarted. */
const PASSING_STATUSES = new Set([429, 502, 503, 504])

/** Whether the same call may well succeed a little later. */
export function isPassing(error: unknown): error is ClientFault | ServiceRefusal {
  if (error instanceof ServiceRefusal) return PASSING_STATUSES.has(error.problem.status)
  return error instanceof ClientFault && (error.code === 'unreachable' || error.code === 'busy')
}

/** Faults of the service or of the way to it, not of one file. */
const SERVICE_FAULTS = new Set<FaultCode>([
  'server-other-address',
  'not-this-service',
  'credentials',
  'unreachable',
  'busy',
  'certificate',
])

/** Whether an error is no matter of one file: the next would meet it too. */
export function concernsAll(error: ClientFault | ServiceRefusal): boolean {
  if (error instanceof ClientFault) return SERVICE_FAULTS.has(error.code)
  return error.problem.status === 401 || isPassing(error)
}

/** Codes of Node and OpenSSL that say that the other side's certificate is not to be believed. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/

/** What an error of fetch or of the token exchange means: no connection, a busy service, or what waiting will not mend. */
export function connectionFault(error: unknown, server: URL): ClientFault {
  const chain = causesOf(error)
  const answer = chain.find((cause) => cause instanceof Response)
  if (answer) return statusFault(answer, server)
  const codes = chain.flatMap((cause) =>
    cause instanceof Error && 'code' in cause ? [String(cause.code)] : [],
  )
  const certificate = codes.find((code) => CERTIFICATE.test(code))
  const params = { server: server.origin, reason: certificate ?? reasonOf(chain) }
  return new ClientFault(certificate ? 'certificate' : 'unreachable', params, { cause: error })
}

/** Whether fetch could not send the request or receive the answer to its end. */
export function isNetworkError(error: unknown): boolean {
  return causesOf(error).some((cause) => cause instanceof TypeError)
}

/** What an answer that is not of this service's API means, by its status. */
export function statusFault(answer: Response, server: URL): ClientFault {
  const passing = PASSING_STATUSES.has(answer.status)
  const params = { server: server.origin, status: answer.status }
  return new ClientFault(passing ? 'busy' : 'unexpected-answer', params, { retryAfter: retryAfterOf(answer) })
}

/** The Retry-After of an answer, in seconds; null where it gives none. A date there is not read: the service gives seconds. */
export function retryAfterOf(answer: Response): number | null {
  const text = answer.headers.get('retry-after') ?? ''
  return /^\d{1,6}$/.test(text) ? Number(text) : null
}

/** The innermost words, which name the cause: ECONNREFUSED, not "fetch failed". */
function reasonOf(chain: readonly unknown[]): string {
  const innermost = chain.findLast((cause) => cause instanceof Error && cause.message !== '')
  return innermost instanceof Error ? innermost.message : 'network'
}

/** An error with what it was caused by, outermost first. */
function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = []
  for (let at = error; at !== undefined && at !== null && chain.length < 10;) {
    chain.push(at)
    at = at instanceof AggregateError ? at.errors[0] : at instanceof Error ? at.cause : null
  }
  return chain
}

/** Whether it is one of the two errors that a caller of this room is to expect. */
export function isExpected(error: unknown): error is ClientFault | ServiceRefusal {
  return error instanceof ClientFault || error instanceof ServiceRefusal
}
