import type { FastifyReply, FastifyRequest } from 'fastify'
import { languageOf } from '../kit/pages/language.ts'
import { sendPage } from '../kit/pages/render.ts'
import { CANNOT_SIGN_IN, type CannotSignIn, type Reason } from './cannot-sign-in.ts'
import type { SessionFront } from './index.ts'

/** Answers with the page that says why somebody was not signed in, and what to do. */
export type NotSignedIn = (
  request: FastifyRequest,
  reply: FastifyReply,
  problem: CannotSignIn,
  /** Of an invitation that can be used still. */
  token?: string | null,
) => unknown

const SOON_SECONDS = 30

/** The way to sign in once more: whom the provider took for another must be asked there who it is. */
const SIGN_IN: Record<Reason, string> = {
  failed: '/sign-in',
  away: '/sign-in',
  linkGone: '/sign-in',
  nowhere: '/sign-in?again=1',
  unbound: '/sign-in?again=1',
  taken: '/sign-in?again=1',
}

/** @param elsewhere host of a provider that is not this service itself; null of the built-in one */
export function openNotSignedIn(front: SessionFront, elsewhere: string | null): NotSignedIn {
  return (request, reply, { why }, token = null) => {
    const language = languageOf(request, reply)
    const data = { why, to: token === null ? SIGN_IN[why] : `/join/${token}`, provider: elsewhere }
    const frame = front.frameOf(request, reply, { language, visit: null, data })
    if (why === 'away') void reply.header('retry-after', SOON_SECONDS)
    return sendPage(reply, CANNOT_SIGN_IN[why], 'sessions/views/not-signed-in.njk', frame)
  }
}
