import type { FastifyReply } from 'fastify'
import type { Actor } from '../permissions/decide.ts'
import { perform } from '../permissions/perform.ts'
import type { World } from '../world.ts'
import { recordFetched } from './fetch-file.ts'
import { needsNote, type Side } from './rules.ts'
import type { FileRow } from './store.ts'

/**
 * For an answer that carries a file's bytes and nothing else: gives its digest in a header and, once it went out whole to
 * the destination for the first time, has that noted.
 */
export function noteContentSent(
  { file, as }: { file: FileRow; as: Side },
  { world, reply }: { world: World; reply: FastifyReply },
  actor: Actor,
): void {
  void reply.header('x-sha256', file.sha256)
  if (as === 'sender' || !needsNote(file)) return
  reply.raw.once('finish', () => {
    world.follow(perform(world, actor, recordFetched, { id: file.id }))
  })
}
