import { STATUS_CODES } from 'node:http'
import { wordsOf, type Language } from './i18n.ts'
import { Refusal } from './refusal.ts'

/** A refusal as the API answers it: application/problem+json of RFC 9457. */
export interface Problem {
  /** Which refusal it is: stable, for programs. */
  type: string
  title: string
  status: number
  detail: string
  findings?: readonly unknown[]
}

/** A refusal in the words of one language. */
export function problemOf(refusal: Refusal, language: Language): Problem {
  const words = wordsOf(language)
  const { params, findings } = refusal.detail
  return {
    type: `urn:cts:problem:${refusal.code}`,
    title: words(`refusals.${refusal.code}.title`, params),
    status: refusal.status,
    detail: words(`refusals.${refusal.code}.detail`, params),
    ...(findings ? { findings: findings(words) } : {}),
  }
}

/** A refusal of bytes that are no HTTP request, to be written straight to the connection. */
export function rawProblem(refusal: Refusal): string {
  const body = JSON.stringify(problemOf(refusal, 'en'))
  return [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    'Connection: close',
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}
