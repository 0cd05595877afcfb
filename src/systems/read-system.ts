import { z } from 'zod'
import { Refusal } from '../kit/refusal.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** An address that tokens or people are sent to: over HTTPS, but for what runs on the same machine; no fragment. */
const address = z
  .string()
  .max(500)
  .refine(isSafeAddress, 'must be an https address without # (http only on localhost)')

function isSafeAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || text.includes('#') || url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))
}

const code = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'must be 2 to 40 of a-z, 0-9 and -, beginning with a letter')
const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(text), 'must hold no control characters')
const names = z.strictObject({ en: name, cy: name })

const role = z.strictObject({
  code,
  name: names,
  kinds: z.array(z.enum(['school', 'authority', 'department', 'supplier'])).min(1),
})

const file = z.strictObject({
  code,
  name: names,
  url: address,
  redirect_uris: z.array(address).min(1).max(20),
  post_logout_redirect_uris: z.array(address).max(20).default([]),
  backchannel_logout_uri: address.nullable().default(null),
  roles: z
    .array(role)
    .min(1)
    .max(200)
    .refine(
      (roles) => new Set(roles.map((one) => one.code)).size === roles.length,
      'must each have a code of its own',
    ),
})

/** A system as its file describes it. */
export type SystemFile = z.infer<typeof file>

/** Reads a system's file. Throws Refusal `system-file` (422) naming the first field that is wrong, and how. */
export function readSystem(text: string): SystemFile {
  const read = file.safeParse(parseJson(text))
  if (read.success) return read.data
  const [issue] = read.error.issues
  const field = issue?.path.join('.') || 'file'
  throw new Refusal('unacceptable', 'system-file', {
    params: { field: field.slice(0, 80), problem: (issue?.message ?? '').slice(0, 200) },
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('unacceptable', 'system-file', { params: { field: 'file', problem: 'is no JSON' } })
  }
}
