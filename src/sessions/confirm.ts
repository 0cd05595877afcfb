import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Address } from '../kit/pages/address.ts'
import { languageOf } from '../kit/pages/language.ts'
import { sendPage } from '../kit/pages/render.ts'
import type { SessionFront } from './index.ts'
import { safePath } from './sign-in.ts'
import type { Visits } from './visits.ts'

/** Where a page is asked for again before a grave step. */
export const CONFIRM_PATH = '/confirm-it-is-you'

/**
 * The page that says why somebody who is signed in is asked who it is, and leads to the sign-in: another provider's page
 * could not say it.
 */
export function confirming(front: SessionFront, visits: Visits): readonly Address[] {
  async function show(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { to: asked, sent } = request.query as { to?: unknown; sent?: unknown }
    const to = safePath(asked)
    const visit = await visits.of(request)
    if (!visit) return reply.redirect(`/sign-in?to=${encodeURIComponent(to)}`, 303)
    const language = languageOf(request, reply, visit.language)
    const data = { to: encodeURIComponent(to), sent: sent === '1' }
    const frame = front.frameOf(request, reply, { language, visit, data })
    return sendPage(reply, 200, 'sessions/views/confirm.njk', frame)
  }

  return [{ method: 'GET', path: CONFIRM_PATH, handle: show }]
}
