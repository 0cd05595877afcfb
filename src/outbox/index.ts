import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { listLetters, readLetter } from '../kit/mail/letters.ts'
import type { Address } from '../kit/pages/address.ts'
import { languageOf } from '../kit/pages/language.ts'
import { sendPage } from '../kit/pages/render.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Front } from '../permissions/front.ts'
import type { World } from '../world.ts'

const PAGE = 50

/**
 * The e-mails of a demonstration, for everybody who tries it out: they hold links that sign people in, so there is no
 * such page where people are real, nor where mail is really sent.
 */
export function outboxAddresses(
  world: Pick<World, 'config' | 'demonstration'>,
  front: Pick<Front, 'frameOf'>,
): readonly Address[] {
  if (!world.demonstration || world.config.smtpUrl) return []
  const folder = join(world.config.dataDir, 'mail')

  async function list(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { before } = request.query as { before?: unknown }
    const letters = await listLetters(folder, {
      before: typeof before === 'string' ? before : null,
      limit: PAGE + 1,
    })
    const shown = letters.slice(0, PAGE)
    const next = letters.length > PAGE ? shown.at(-1)!.name : null
    return show(request, reply, 'outbox/views/outbox.njk', { letters: shown, next })
  }

  async function one(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const { name } = request.params as { name: string }
    const letter = await readLetter(folder, name)
    if (!letter) throw new Refusal('not-found', 'not-found')
    return show(request, reply, 'outbox/views/letter.njk', { letter, parts: partsOf(letter.text) })
  }

  function show(request: FastifyRequest, reply: FastifyReply, view: string, data: object): FastifyReply {
    const language = languageOf(request, reply)
    return sendPage(reply, 200, view, front.frameOf(request, reply, { language, visit: null, data }))
  }

  return [
    { method: 'GET', path: '/outbox', handle: list },
    { method: 'GET', path: '/outbox/:name', handle: one },
  ]
}

/** The text in parts: what is an address can be followed, the rest is text. */
function partsOf(text: string): { text: string; link: boolean }[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:)])/)
    .map((part, index) => ({ text: part, link: index % 2 === 1 }))
}
