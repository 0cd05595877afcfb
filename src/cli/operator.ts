import { ConfigurationError, readConfig } from '../kit/config.ts'
import { problemOf } from '../kit/problem.ts'
import { Refusal } from '../kit/refusal.ts'
import type { World } from '../world.ts'

/**
 * What an operator's command does with the installation's world: on the same database and with the same keys as the
 * service, whether or not that is running. Nothing is served and no mail is sent by it.
 */
export async function asOperator<T>(run: (world: World) => Promise<T>): Promise<T> {
  const { openWorld } = await import('../world.ts')
  const world = await openWorld(readConfig(process.env))
  try {
    return await run(world)
  } finally {
    await world.close()
  }
}

/** Where an operator's command runs and writes, with what it needs of the world; tests give their own. */
export interface Surroundings<Needed> {
  operator: (run: (world: Needed) => Promise<void>) => Promise<void>
  print: (line: string) => void
}

/** The same for commands that say more than their data. */
export interface RemarkingSurroundings<Needed> extends Surroundings<Needed> {
  /** For progress and advice: standard error. */
  remark: (line: string) => void
}

/** The installation itself, and the terminal. */
export const TERMINAL: RemarkingSurroundings<World> = {
  operator: asOperator,
  print: (line) => process.stdout.write(`${line}\n`),
  remark: (line) => process.stderr.write(`${line}\n`),
}

/** Exit status of wrong usage, a setting that is wrong, or a file that cannot be opened. */
export const EXIT_USAGE = 2

function wordsOfError(error: unknown): string {
  if (!(error instanceof Refusal)) return error instanceof Error ? error.message : String(error)
  const { title, detail } = problemOf(error, 'en')
  return `${title}. ${detail}`
}

/** Says on standard error, in one line, why a command ended, and sets the exit status. */
export function explainFailure(error: unknown): void {
  const text = wordsOfError(error)
  process.stderr.write(`cts: ${text}\n`)
  process.exitCode = error instanceof ConfigurationError ? EXIT_USAGE : process.exitCode || 1
}
