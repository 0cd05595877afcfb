import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const Request = z.object({ do: z.literal('snapshot'), at: z.iso.datetime() })
const Answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), name: z.string() }),
  z.object({ ok: z.literal(false), reason: z.string() }),
])

/** What the owner of the database does for another process: a snapshot, at a time in ISO 8601. */
export type ControlRequest = z.infer<typeof Request>

/** The owner's answer: the name of the snapshot, or why there is none. */
export type ControlAnswer = z.infer<typeof Answer>

const refused = (error: unknown): ControlAnswer => ({
  ok: false,
  reason: error instanceof Error ? error.message : String(error),
})

/** Takes requests on a UNIX socket, a line of JSON each, and answers with another. Gives what stops it. */
export async function serveControl(
  path: string,
  answer: (request: ControlRequest) => Promise<ControlAnswer>,
): Promise<() => void> {
  const answerLine = async (line: string): Promise<ControlAnswer> => answer(Request.parse(JSON.parse(line)))
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    createInterface({ input: socket }).once('line', (line) => {
      void answerLine(line)
        .catch(refused)
        .then((reply) => socket.end(`${JSON.stringify(reply)}\n`))
    })
  })
  server.listen(path)
  await once(server, 'listening')
  return () => void server.close()
}

/** Asks the owner at `path`. A line that breaks is a no, too. */
export async function askControl(path: string, request: ControlRequest): Promise<ControlAnswer> {
  const socket = connect(path)
  try {
    socket.write(`${JSON.stringify(request)}\n`)
    let text = ''
    for await (const part of socket.setEncoding('utf8')) text += String(part)
    return Answer.parse(JSON.parse(text))
  } catch (error) {
    return refused(error)
  } finally {
    socket.destroy()
  }
}
