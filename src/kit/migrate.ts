import { Migrator, type Migration } from 'kysely/migration'
import type { Database } from './database.ts'

/**
 * Brings the database to the newest migration and gives the names of those applied now.
 * Throws the error of the first that fails; it leaves nothing half done (each runs in a transaction).
 */
export async function migrate(db: Database, migrations: Record<string, Migration>): Promise<string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableSchema: 'kit',
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error instanceof Error ? error : new Error('migration failed')
  return (results ?? []).map((result) => result.migrationName)
}
