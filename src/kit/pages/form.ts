import type { FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'

const FORM_MAX = 64 * 1024

/**
 * Refuses what another site's page made the browser send. Browsers say where a request comes from in Sec-Fetch-Site,
 * older ones in Origin; what says neither is no browser and carries no person's cookie unasked.
 */
export function refuseForeign(request: FastifyRequest, publicUrl: string): void {
  const { 'sec-fetch-site': site, origin } = request.headers
  const foreign =
    site === undefined
      ? origin !== undefined && origin !== new URL(publicUrl).origin
      : site !== 'same-origin' && site !== 'none'
  if (foreign) throw new Refusal('forbidden', 'foreign-form')
}

/**
 * The fields of a form sent as application/x-www-form-urlencoded, at most 64 KiB. Throws Refusal: 413 too large, 415
 * anything else.
 */
export async function readForm(request: FastifyRequest): Promise<URLSearchParams> {
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.raw as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > FORM_MAX) throw new Refusal('too-large', 'form-too-large')
    chunks.push(chunk)
  }
  if (size > 0 && mediaType !== 'application/x-www-form-urlencoded') {
    throw new Refusal('unsupported', 'media-type', { params: { types: 'application/x-www-form-urlencoded' } })
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}
