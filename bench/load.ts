import { Agent, request } from 'node:http'

/** One request of a load: what is sent, and the status that counts as done. Without a body it is a GET. */
export interface Shot {
  url: string
  headers: Record<string, string>
  body: Uint8Array | null
  expect: number
}

/** What a load showed: requests a second over the whole of it, and the milliseconds of each. */
export interface LoadResult {
  perSecond: number
  milliseconds: number[]
}

/** Sends every shot, `atOnce` at a time over kept connections. Throws at an unexpected status. */
export async function fire(shots: readonly Shot[], atOnce: number): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const milliseconds: number[] = []
  let next = 0
  async function one(): Promise<void> {
    for (let shot = shots[next++]; shot; shot = shots[next++]) {
      const began = performance.now()
      await send(agent, shot)
      milliseconds.push(performance.now() - began)
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: atOnce }, one))
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  return { perSecond: shots.length / seconds, milliseconds }
}

function send(agent: Agent, { url, headers, body, expect }: Shot): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(url, {
      method: body ? 'POST' : 'GET',
      agent,
      headers: body ? { ...headers, 'content-length': body.length } : headers,
    })
    call.on('error', reject)
    call.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        if (response.statusCode === expect) resolve()
        else
          reject(new Error(`${response.statusCode}: ${Buffer.concat(chunks).toString('utf8').slice(0, 500)}`))
      })
    })
    call.end(body ?? undefined)
  })
}
