import { availableParallelism } from 'node:os'
import type { Config } from './config.ts'

type Needed = Pick<Config, 'databaseUrl' | 'webProcesses'>

/** How many web processes share the machine: WEB_PROCESSES, else one for every two cores; one on the embedded database. */
export function processesOf(config: Needed): number {
  if (!config.databaseUrl) return 1
  return config.webProcesses ?? Math.max(1, Math.floor(availableParallelism() / 2))
}

/** How many threads of each web process may compute at once, so that all together leave one core of the machine free. */
export function threadsOf(config: Needed): number {
  return Math.max(1, Math.floor((availableParallelism() - 1) / processesOf(config)))
}
