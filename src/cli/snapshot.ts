import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { readConfig } from '../kit/config.ts'
import { wordsOf } from '../kit/i18n.ts'
import { asOperator } from './operator.ts'

const words = wordsOf('en')
const print = (line: string): boolean => process.stdout.write(`${line}\n`)

/** `cts snapshot` and `cts snapshot list`: of the embedded database, whether or not the service is running. */
export function snapshotCommand(): Command {
  const command = new Command('snapshot')
    .description('write a snapshot of the embedded database, whether or not the service is running')
    .option('--json', 'print as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { requestSnapshot } = await import('../kit/embedded/restore.ts')
      const { name } = await requestSnapshot(embeddedFolder(), new Date())
      print(json ? JSON.stringify({ name }) : `Snapshot ${name} is written.`)
    })
  command
    .command('list')
    .description('list the snapshots, newest first')
    .option('--json', 'print as JSON')
    .action(async (_own: object, own: Command) => {
      const { listSnapshots } = await import('../kit/embedded/snapshot.ts')
      const snapshots = listSnapshots(embeddedFolder())
      if (own.optsWithGlobals<{ json?: boolean }>().json) print(JSON.stringify(snapshots))
      else if (snapshots.length === 0) print('There are no snapshots yet. Write one with: cts snapshot')
      else for (const { name, size } of snapshots) print(`${name}  ${size} bytes`)
    })
  return command
}

/** `cts restore SNAPSHOT`: brings a snapshot back. What came after it is lost from use, and it says so. */
export function restoreCommand(): Command {
  return new Command('restore')
    .argument('<snapshot>', 'name of the snapshot, as "cts snapshot list" shows it')
    .description('bring a snapshot of the embedded database back; the service must be stopped')
    .action(async (name: string) => {
      const { restoreSnapshot } = await import('../kit/embedded/restore.ts')
      const { kept } = await restoreSnapshot(embeddedFolder(), name, new Date())
      print(words('embedded.restored', { name }))
      if (kept) print(words('embedded.restoredKept', { kept }))
      const heads = await setHeadsAside(embeddedFolder(), name)
      if (heads) print(words('embedded.headsKept', { heads }))
    })
}

/**
 * The heads name audit rows that are not in the database any more: they are kept aside, and new ones begin with the
 * row that says what was restored. Gives where they are; null when there were none.
 */
async function setHeadsAside(dataDir: string, snapshot: string): Promise<string | null> {
  const { operate } = await import('../permissions/perform.ts')
  const heads = join(dataDir, 'audit-heads')
  const kept = existsSync(heads)
    ? `${heads}.before-restore-${new Date().toISOString().replaceAll(':', '-')}`
    : null
  if (kept) renameSync(heads, kept)
  await asOperator(async (world) => {
    await operate(world, 'database.restore', snapshot, () => Promise.resolve())
    await world.audit.chain()
  })
  return kept
}

function embeddedFolder(): string {
  const { databaseUrl, dataDir } = readConfig(process.env)
  if (databaseUrl) throw new Error('snapshots are for the embedded database; back up PostgreSQL with pg_dump')
  return dataDir
}
