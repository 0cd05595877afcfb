import type { WordParams, Words } from './i18n.ts'

/** What kind of no it is; one map gives the HTTP status (contract: RFC 9457 problems) and the exit code. */
export const REFUSAL_STATUS = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  unsupported: 415,
  unacceptable: 422,
  'too-many': 429,
  internal: 500,
  unavailable: 503,
} as const

/** A kind of refusal, as REFUSAL_STATUS lists them. */
export type RefusalKind = keyof typeof REFUSAL_STATUS

/** What a refusal may carry beside its sentence. */
export interface RefusalDetail {
  /** Values for the placeholders of its sentence in the locales; never pupil data. */
  params?: WordParams
  /** Findings in a refused file, rendered in the language of whoever asked. */
  findings?: (words: Words) => readonly unknown[]
  /** The true reason, for the audit and the log only, when the answer must not say it. */
  because?: string
  /** Seconds after which to try again, answered as Retry-After. */
  retryAfter?: number
}

/**
 * A clear no. `code` names its words in the locales: `refusals.<code>.title` (what is wrong, a short
 * sentence) and `refusals.<code>.detail` (what to do).
 */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly code: string
  readonly detail: RefusalDetail

  constructor(kind: RefusalKind, code: string, detail: RefusalDetail = {}) {
    super(code)
    this.name = 'Refusal'
    this.kind = kind
    this.code = code
    this.detail = detail
  }

  /** The HTTP status that answers it. */
  get status(): number {
    return REFUSAL_STATUS[this.kind]
  }
}
