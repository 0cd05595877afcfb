import { z } from 'zod'

/** A finding in a file, in words of the language that was asked for. */
export const findingAnswer = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  line: z.number().nullable(),
  column: z.number().nullable(),
  path: z.string().nullable(),
  pupil: z.object({ index: z.number(), upn: z.string().nullable() }).nullable(),
})

/** A refusal of the service (RFC 9457). */
export const problemAnswer = z.object({
  type: z.string().default('about:blank'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().default(''),
  findings: z.array(findingAnswer).default([]),
})

/** What of a file these commands use. */
export const fileAnswer = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  name: z.string(),
  status: z.string(),
  source: z.string(),
  destination: z.string(),
  pupils: z.number().int(),
  fetchedAt: z.string().nullable(),
  receipt: z.object({
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    size: z.number().int().nonnegative(),
    receivedAt: z.string(),
  }),
})

/** The answer to a file that was sent: its receipt, and what was found in it. */
export const sentAnswer = fileAnswer.extend({ findings: z.array(findingAnswer) })

/** A page of a list. */
export const listAnswer = z.object({ items: z.array(fileAnswer), next: z.string().nullable() })

/** A finding as the service answers it. */
export type FindingAnswer = z.infer<typeof findingAnswer>

/** A file as the service answers it. */
export type FileAnswer = z.infer<typeof fileAnswer>

/** A file with its findings as the service answers it. */
export type SentAnswer = z.infer<typeof sentAnswer>
