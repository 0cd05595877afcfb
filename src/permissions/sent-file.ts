import type { FastifyRequest } from 'fastify'
import { Refusal } from '../kit/refusal.ts'
import type { BytesBody } from './route.ts'

/** A file that a page sent, its bytes not yet read. */
export interface SentFile {
  body: BytesBody
  /** As the form says it, else as the file is called. */
  name: string
  fields: Map<string, string>
}

/**
 * A file from a page: its bytes alone, as a script sends them with the name in the query; or the field `file` of a
 * multipart form, whose other fields stand before it. Throws Refusal.
 * @param check looks at the other fields before a byte of the file is read
 */
export async function readSentFile(
  request: FastifyRequest,
  check: (fields: Map<string, string>) => void,
): Promise<SentFile> {
  const fields = new Map<string, string>()
  if (!request.isMultipart()) {
    check(fields)
    const length = request.headers['content-length']
    const body = {
      stream: request.raw,
      mediaType: 'application/octet-stream',
      length: length === undefined ? null : Number(length),
    }
    const { name } = request.query as { name?: unknown }
    return { body, name: typeof name === 'string' ? name : '', fields }
  }
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        if (typeof part.value === 'string') fields.set(part.fieldname, part.value)
        continue
      }
      check(fields)
      const name = fields.get('name') || part.filename
      fields.delete('name')
      return { body: { stream: part.file, mediaType: part.mimetype, length: null }, name, fields }
    }
  } catch (error) {
    // what the multipart reader refuses: too many parts, too long a field, a form that is cut off
    throw error instanceof Refusal ? error : new Refusal('malformed', 'bad-request')
  }
  throw new Refusal('malformed', 'no-file')
}
