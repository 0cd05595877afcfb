import type { z } from 'zod'
import { connectionFault, statusFault } from './fault.ts'

/** An answer of the service whose body is still on its way. A connection that breaks in it is a ClientFault. */
export interface Incoming {
  status: number
  /** The bytes as they come. */
  chunks(): AsyncGenerator<Uint8Array>
  /** The body as JSON of a known shape; what is not of that shape is a ClientFault. */
  json<Shape extends z.ZodType>(shape: Shape): Promise<z.infer<Shape>>
}

const JSON_MAX = 32 * 1024 * 1024

/** An answer, to be read. */
export function incoming(answer: Response, server: URL): Incoming {
  async function text(): Promise<string> {
    const parts: Uint8Array[] = []
    let size = 0
    for await (const chunk of chunksOf(answer, server)) {
      size += chunk.length
      if (size > JSON_MAX) throw statusFault(answer, server)
      parts.push(chunk)
    }
    return Buffer.concat(parts).toString('utf8')
  }
  return {
    status: answer.status,
    chunks: () => chunksOf(answer, server),
    async json(shape) {
      const read = shape.safeParse(parsed(await text()))
      if (!read.success) throw statusFault(answer, server)
      return read.data
    },
  }
}

async function* chunksOf(answer: Response, server: URL): AsyncGenerator<Uint8Array> {
  const reader = answer.body?.getReader()
  try {
    for (;;) {
      const step = await reader?.read().catch((error: unknown) => {
        throw connectionFault(error, server)
      })
      if (!step || step.done) return
      yield step.value
    }
  } finally {
    // whoever stops reading early lets go of the connection
    await reader?.cancel().catch(() => {})
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
