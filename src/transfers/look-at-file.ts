import { z } from 'zod'
import { parseFileName } from '../ctf/index.ts'
import { readBody } from '../kit/read-body.ts'
import { action } from '../permissions/action.ts'
import { bytesBodySchema } from '../permissions/route.ts'
import { CheckTimeout } from './check-pool.ts'
import { wholeFileFinding, type FileFinding } from './file-answer.ts'
import { pupilsIn, type PupilIn } from './pupils-in.ts'
import { londonDate } from './rules.ts'
import { nameForAudit } from './upload-file.ts'

/** Pupils that are shown at a time. */
export const LOOKED_AT = 50

const MIB = 1024 * 1024

/** A file that somebody looks at before it is sent. */
export interface LookedAt {
  name: string
  findings: readonly FileFinding[]
  /** How many there are in truth. */
  findingCount: number
  /** At most LOOKED_AT, from the one that was asked for on. */
  pupils: readonly PupilIn[]
  /** How many the file has. */
  pupilCount: number
}

/**
 * Checks a file without sending it, for whoever may send any, and shows what it says of its pupils. Nothing of it is
 * stored; that somebody looked is in the audit.
 */
export const lookAtFile = action({
  name: 'transfers.look-at-ctf',
  permission: ['send-ctf', 'deposit-in-lpd'],
  input: z.strictObject({
    name: z.string().min(1).max(300).describe('Name of the file'),
    from: z
      .string()
      .trim()
      .regex(/^[1-9][0-9]{0,5}$/)
      .optional()
      .describe('The first pupil to show, by its place in the file'),
    body: bytesBodySchema,
  }),
  find: ({ actor }) => Promise.resolve(actor.organisation),
  business: (organisation) => [organisation],
  async prepare({ world, actor, input, now }) {
    const limits = { max: world.config.ctfMaxMib * MIB, budget: world.bodies, holder: actor.id }
    return readBody(input.body, limits, async (bytes): Promise<LookedAt> => {
      const parsed = parseFileName(input.name)
      const name = parsed.ok && parsed.name.kind !== 'generic' ? parsed.name : undefined
      const named = parsed.ok ? [] : [wholeFileFinding(`name-${parsed.problem}`, 'error')]
      const pupils = await pupilsIn(bytes, { from: Number(input.from ?? 1), most: LOOKED_AT })
      // the bytes are handed over, so this comes last
      const task = { bytes, name, today: londonDate(now), bodyId: null }
      try {
        const { reading } = await world.checkPool.check(task)
        const { findingCount, pupilCount } = reading
        return {
          name: input.name,
          findings: [...named, ...reading.findings],
          findingCount: findingCount + named.length,
          pupils: reading.wellFormed ? pupils : [],
          pupilCount,
        }
      } catch (error) {
        if (!(error instanceof CheckTimeout)) throw error
        const findings = [...named, wholeFileFinding('too-complex', 'error')]
        return { name: input.name, findings, findingCount: findings.length, pupils: [], pupilCount: 0 }
      }
    })
  },
  run: ({ prepared }) => Promise.resolve(prepared),
  auditSubject: ({ name }) => nameForAudit(name),
})
