import { join } from 'node:path'
import type { Collected, Folder } from '../client/index.ts'
import type { Words } from '../kit/i18n.ts'
import { jsonOf, sentenceOf } from './connect.ts'
import { plain, type Screen } from './progress.ts'

/** Tells what became of each file and counts it. */
export interface Tally {
  /** A new look at the inbox. */
  begin(): void
  add(collected: Collected): void
  /** Files that were not collected at the last look. */
  failed(): number
  /** Says how many there were. */
  end(): void
}

/** A tally of the files collected into a folder. */
export function openTally(folder: Folder, screen: Screen, words: Words, json: boolean): Tally {
  const count = { received: 0, here: 0 }
  let failures = new Map<string, string>()
  let failedBefore = new Map<string, string>()

  return {
    begin() {
      failedBefore = failures
      failures = new Map()
    },
    add(collected) {
      screen.clear()
      const line = json ? jsonLine(collected, folder, words) : textLine(collected, words)
      if ('error' in collected) {
        const { id } = collected.file
        failures.set(id, line)
        // a watcher meets the same file again and again
        if (failedBefore.get(id) === line) return
      } else if (collected.outcome === 'received' || collected.outcome === 'unconfirmed') count.received += 1
      else count.here += 1
      screen.print(line)
    },
    failed: () => failures.size,
    end() {
      screen.clear()
      if (json) return
      const counts = { ...count, failed: failures.size }
      const said = (['received', 'here', 'failed'] as const).filter((key) => counts[key] > 0)
      for (const key of said) screen.print(words(`clientCommand.summary.${key}`, { count: counts[key] }))
      if (said.length === 0) screen.print(words('clientCommand.summary.none'))
    },
  }
}

function textLine(collected: Collected, words: Words): string {
  const { name, source } = collected.file
  if ('error' in collected) {
    const reason = sentenceOf(collected.error, words)
    return plain(words('clientCommand.collected.failed', { name, reason }))
  }
  return plain(words(`clientCommand.collected.${collected.outcome}`, { name, source }))
}

function jsonLine(collected: Collected, folder: Folder, words: Words): string {
  const { id, name, source, destination, pupils, receipt } = collected.file
  const about = { id, name, source, destination, pupils, sha256: receipt.sha256, size: receipt.size }
  return JSON.stringify(
    'error' in collected
      ? { outcome: 'failed', ...about, ...jsonOf(collected.error, words) }
      : { outcome: collected.outcome, path: join(folder.path, name), ...about },
  )
}
