import { ctfCommand } from '../src/cli/ctf.ts'

/** What a run of `cts ctf …` printed, remarked and drew, and its exit status. */
export interface CtfRun {
  out: string[]
  err: string[]
  drawn: string[]
  status: number
}

/** Runs `cts ctf …` on 22 November 2026 at half past nine. */
export async function cts(...args: string[]): Promise<CtfRun> {
  const ran: CtfRun = { out: [], err: [], drawn: [], status: 0 }
  const command = ctfCommand({
    print: (line) => ran.out.push(line),
    remark: (line) => ran.err.push(line),
    progress: (line) => {
      if (line !== null) ran.drawn.push(line)
    },
    exit: (status) => {
      ran.status = status
    },
    today: () => '2026-11-22',
    now: () => '2026-11-22T09:30:00',
  })
  for (const one of [command, ...command.commands]) one.exitOverride().configureOutput({ writeErr: () => {} })
  await command.parseAsync(args, { from: 'user' })
  return ran
}
