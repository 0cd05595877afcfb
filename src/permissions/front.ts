import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Language, WordParams } from '../kit/i18n.ts'
import type { Frame } from '../kit/pages/render.ts'
import type { Visit } from './page.ts'

/** What stands in front of every page: who visits, the way to the sign-in, and the frame around what is shown. */
export interface Front {
  publicUrl: string
  visitOf(request: FastifyRequest, reply: FastifyReply): Promise<Visit | null>
  /** Answers somebody who is not signed in. */
  signIn(request: FastifyRequest, reply: FastifyReply): unknown
  /** Answers somebody who is signed in for too long to take a grave step without showing again who it is. */
  askAgain(request: FastifyRequest, reply: FastifyReply): unknown
  /** Leaves a sentence for the next page that the browser shows. */
  leaveNotice(reply: FastifyReply, notice: { key: string; params?: WordParams }): void
  frameOf(
    request: FastifyRequest,
    reply: FastifyReply,
    shown: { language: Language; visit: Visit | null; data: object },
  ): Frame
}

/** Whether a script of a page asks, not a form: no form can set a header. */
export function isFromScript(request: FastifyRequest): boolean {
  return request.headers['x-csrf-token'] !== undefined
}
