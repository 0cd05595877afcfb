import { accessSync, constants } from 'node:fs'
import { Command } from 'commander'
import type { AuditBreak, AuditVerdict } from '../kit/audit/verify.ts'
import { wordsOf } from '../kit/i18n.ts'
import type { World } from '../world.ts'
import { TERMINAL, type Surroundings } from './operator.ts'

type Own = Surroundings<Pick<World, 'audit'>>

const words = wordsOf('en')

/** `cts audit verify`: whether the audit is as it was written. Exit 1, and the first broken place, when it is not. */
export function auditCommand(surroundings: Own = TERMINAL): Command {
  const { operator, print } = surroundings
  const verify = new Command('verify')
    .description(words('audit.help.verify'))
    .option('--heads <file...>', words('audit.help.heads'))
    .option('--json', words('audit.help.json'))
    .action(({ heads, json }: { heads?: string[]; json?: true }, command: Command) => {
      const closed = heads?.find((file) => !readable(file))
      if (closed !== undefined) command.error(words('audit.unreadable', { file: closed }), { exitCode: 2 })
      return operator(async ({ audit }) => {
        const verdict = await audit.verify(heads)
        for (const line of json ? [JSON.stringify(verdict)] : report(verdict)) print(line)
        if (!verdict.intact) process.exitCode = 1
      })
    })
  return new Command('audit').description(words('audit.help.audit')).addCommand(verify)
}

function readable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}

function report({ broken, rows, heads, waiting }: AuditVerdict): string[] {
  const verdict = broken ? sentence(broken) : [words('audit.intact')]
  return [...verdict, words('audit.counted', { rows, heads, waiting })]
}

const ADVICE = {
  altered: 'changed',
  removed: 'changed',
  moved: 'changed',
  inserted: 'changed',
  tail: 'restored',
  rewritten: 'restored',
  head: 'head',
  'heads-missing': 'heads-missing',
} as const satisfies Record<AuditBreak['what'], string>

/** What is wrong, and what to do. */
function sentence({ what, ...where }: AuditBreak): string[] {
  return [words(`audit.broken.${what}`, where), words(`audit.advice.${ADVICE[what]}`)]
}
