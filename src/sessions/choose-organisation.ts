import type { FastifyReply, FastifyRequest } from 'fastify'
import { membershipsOf } from '../accounts/index.ts'
import type { Address } from '../kit/pages/address.ts'
import { readForm, refuseForeign } from '../kit/pages/form.ts'
import { languageOf } from '../kit/pages/language.ts'
import { sendPage } from '../kit/pages/render.ts'
import { wordsOf } from '../kit/i18n.ts'
import type { World } from '../world.ts'
import { writeSessionStep } from './audit-step.ts'
import type { SessionFront } from './index.ts'
import { safePath } from './sign-in.ts'
import { personOfSession, setOrganisation } from './store.ts'
import { sessionId, sessionLimits, type Visits } from './visits.ts'

/** Where a person of several organisations says for which one to act: at sign-in, and later from the account page. */
export function choosing(world: World, front: SessionFront, visits: Visits): readonly Address[] {
  /** The session and its person, whether or not an organisation is chosen yet. */
  async function whose(request: FastifyRequest): Promise<{ id: string; person: string } | null> {
    const id = sessionId(request, front.publicUrl)
    const limits = sessionLimits(world.config, world.clock.now())
    const person = id === null ? null : await personOfSession(world.db, id, limits)
    return id !== null && person !== null ? { id, person } : null
  }

  async function show(request: FastifyRequest, reply: FastifyReply, status = 200): Promise<unknown> {
    const session = await whose(request)
    if (!session) return reply.redirect('/sign-in', 303)
    const visit = await visits.of(request)
    const language = languageOf(request, reply, visit?.language)
    const memberships = await membershipsOf(world.db, session.person)
    const to = safePath((request.query as { to?: unknown }).to)
    const chosen = visit?.organisation.code ?? null
    const text = wordsOf(language)('pages.sessions.choose.missing')
    const errors = status === 200 ? [] : [{ href: '#organisation', text }]
    const data = { memberships, to, chosen, ...(errors.length > 0 ? { errors } : {}) }
    const frame = front.frameOf(request, reply, { language, visit, data })
    return sendPage(reply, status, 'sessions/views/choose-organisation.njk', frame)
  }

  async function choose(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    refuseForeign(request, front.publicUrl)
    const form = await readForm(request)
    const session = await whose(request)
    if (!session) return reply.redirect('/signed-out?because=idle', 303)
    const organisation = form.get('organisation')
    const memberships = await membershipsOf(world.db, session.person)
    if (!memberships.some((one) => one.organisation === organisation)) return show(request, reply, 422)
    await world.db.transaction().execute(async (tx) => {
      await setOrganisation(tx, session.id, organisation!)
      const step = { person: session.person, organisation: organisation!, address: request.ip }
      await writeSessionStep(world, tx, { action: 'sessions.choose-organisation', ...step })
    })
    return reply.redirect(safePath(form.get('to')), 303)
  }

  return [
    { method: 'GET', path: '/choose-organisation', handle: (request, reply) => show(request, reply) },
    { method: 'POST', path: '/choose-organisation', handle: choose },
  ]
}
