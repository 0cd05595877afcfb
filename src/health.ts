import { createHash, timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from './kit/refusal.ts'
import { keysInUse } from './kit/secrets.ts'
import type { World } from './world.ts'

/** Whether a part of the service works. */
type Check = 'ok' | 'failed' | 'not configured'

/** Health for load balancers and metrics for the operator: the addresses that need no sign-in. */
export function openHealth(app: FastifyInstance, world: World): void {
  app.get('/health/live', { exposeHeadRoute: true }, () => ({ status: 'ok' }))
  app.get('/health/ready', { exposeHeadRoute: true }, async (_request, reply) => {
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
    check(world.database.isNew()),
    // every key that something is sealed with is at hand
    check(keysInUse(world.db, world.keys)),
    check(world.mailer.list(['queued'], 1)),
  ])
  return { database, strongroom, queue, scanner: 'not configured' }
}

/** What does not answer in time has failed: a load balancer must not wait with it. */
const PATIENCE_MS = 3000

async function check(work: Promise<unknown>): Promise<Check> {
  const late = new AbortController()
  const answered = work.then(
    () => 'ok' as const,
    () => 'failed' as const,
  )
  const tooLate = sleep(PATIENCE_MS, 'failed' as const, late).catch(() => 'failed' as const)
  return Promise.race([answered, tooLate]).finally(() => late.abort())
}

/** By OPERATOR_TOKEN; where none is set, from this machine itself. */
function isOperator(world: World, request: FastifyRequest): boolean {
  const token = world.config.operatorToken
  if (token === null) return isFromThisMachine(request)
  const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}

/** What a proxy passes on comes from elsewhere, also where TRUSTED_PROXIES does not name the proxy. */
function isFromThisMachine({ ip, headers }: FastifyRequest): boolean {
  const isPassedOn = 'x-forwarded-for' in headers || 'forwarded' in headers
  return !isPassedOn && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(ip)
}
