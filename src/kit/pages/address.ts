import type { FastifyReply, FastifyRequest } from 'fastify'

/** An address of a room whose pages stand before or beside the sign-in, for serve.ts to put into the web app. */
export interface Address {
  method: 'GET' | 'POST'
  path: string
  handle(request: FastifyRequest, reply: FastifyReply): unknown
}
