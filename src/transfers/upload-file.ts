import { z } from 'zod'
import { parseFileName } from '../ctf/index.ts'
import { readBody } from '../kit/read-body.ts'
import { action } from '../permissions/action.ts'
import { bytesBodySchema } from '../permissions/route.ts'
import { checkFile, findAddressing, permissionToSend, readName, storeFile } from './accept-file.ts'

const MIB = 1024 * 1024

/** A name by the grammar says nothing of pupils; what else somebody called a file may, so it is not written down. */
export function nameForAudit(text: string): string | null {
  const read = parseFileName(text)
  return read.ok && read.name.kind !== 'generic' ? read.name.canonical : null
}

/**
 * Sends a file: its name says who sends it to whom, its content is read and checked, and the answer comes when it is
 * durable. Refused files leave an audit row and nothing else.
 */
export const uploadFile = action({
  name: 'transfers.upload',
  permission: (input) => permissionToSend(readName(input.name)),
  input: z.strictObject({
    name: z.string().min(1).max(300).describe('Name of the file, such as 6814039_CTF_6804020_001.XML'),
    body: bytesBodySchema,
  }),
  outOfReach: 'source-not-yours',
  find: ({ input }) => Promise.resolve(readName(input.name)),
  business: ({ source }) => [source],
  async prepare({ world, actor, input, subject: name, now }) {
    const addressing = await findAddressing(world, name, actor)
    const limits = { max: world.config.ctfMaxMib * MIB, budget: world.bodies, holder: actor.id }
    const checked = await readBody(input.body, limits, (bytes) => checkFile(world, name, bytes, now))
    return { addressing, checked }
  },
  run: (running) => storeFile(running, { ...running.prepared, original: null }),
  auditSubject: (input, answer) => answer?.file.id ?? nameForAudit(input.name),
})
