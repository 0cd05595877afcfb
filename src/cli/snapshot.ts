import { Command } from 'commander'
import { readConfig } from '../kit/config.ts'

const SNAPSHOT_JSON = ['--json', 'print as JSON'] as const

/** `cts snapshot` and `cts snapshot list`: of the embedded database, whether or not the service is running. */
export function snapshotCommand(): Command {
  const command = new Command('snapshot')
    .description('write a snapshot of the embedded database, whether or not the service is running')
    .option(...SNAPSHOT_JSON)
    .action(async ({ json }: { json?: boolean }) => {
      const { requestSnapshot } = await import('../kit/embedded/restore.ts')
      const { name } = await requestSnapshot(embeddedFolder(), new Date())
      process.stdout.write(json ? `${JSON.stringify({ name })}\n` : `Snapshot ${name} is written.\n`)
    })
  command
    .command('list')
    .description('list the snapshots, newest first')
    .option(...SNAPSHOT_JSON)
    .action(async (_own: object, own: Command) => {
      const { listSnapshots } = await import('../kit/embedded/snapshot.ts')
      const snapshots = listSnapshots(embeddedFolder())
      const { json } = own.optsWithGlobals<{ json?: boolean }>()
      if (json) process.stdout.write(`${JSON.stringify(snapshots)}\n`)
      else if (snapshots.length === 0)
        process.stdout.write('There are no snapshots yet: write one with "cts snapshot".\n')
      else for (const { name, size } of snapshots) process.stdout.write(`${name}  ${size} bytes\n`)
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
      const restored = await restoreSnapshot(embeddedFolder(), name, new Date())
      process.stdout.write(`Snapshot ${name} is back. What came after it is not in the database any more.\n`)
      if (restored.kept)
        process.stdout.write(`The database as it was until now is kept in ${restored.kept}.\n`)
    })
}

function embeddedFolder(): string {
  const { databaseUrl, dataDir } = readConfig(process.env)
  if (databaseUrl) throw new Error('snapshots are for the embedded database; back up PostgreSQL with pg_dump')
  return dataDir
}
