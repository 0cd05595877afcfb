import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from './kit/database.ts'
import { Refusal } from './kit/refusal.ts'
import type { World } from './world.ts'

/** Whether a part of the service works. */
type Check = 'ok' | 'failed' | 'not configured'

/** Health for load balancers and metrics for the operator: the addresses that need no sign-in. */
export function openHealth(app: FastifyInstance, world: World): void {
  app.get('/health/live', () => ({ status: 'ok' }))
  app.get('/health/ready', async (_request, reply) => {
    const checks = await readiness(world)
    const ready = !Object.values(checks).includes('failed')
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ok' : 'failed', checks })
  })
  app.get('/metrics', async (request, reply) => {
    if (!isOperator(world, request)) throw new Refusal('not-found', 'not-found')
    const { body, type } = await world.metrics.text()
    return reply.type(type).send(body)
  })
}

async function readiness(world: World): Promise<Record<string, Check>> {
  const [database, strongroom, queue] = await Promise.all([
    check(sql`select 1`.execute(world.db)),
    // the key that bodies are sealed with can be read
    check(world.secrets.get('audit')),
    check(world.mailer.list(['queued'], 1)),
  ])
  return { database, strongroom, queue, scanner: 'not configured' }
}

async function check(work: Promise<unknown>): Promise<Check> {
  try {
    await work
    return 'ok'
  } catch {
    return 'failed'
  }
}

/** By OPERATOR_TOKEN; where none is set, from this machine itself. */
function isOperator(world: World, request: FastifyRequest): boolean {
  const token = world.config.operatorToken
  if (token === null) return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip)
  const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}
