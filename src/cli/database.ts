import { Command } from 'commander'
import { asOperator } from './operator.ts'

/** `cts migrate`: brings the database to the newest version of its tables. The service does so at every start. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database to the newest version (the service does so at every start)')
    .action(async () => {
      await asOperator(() => Promise.resolve())
      process.stdout.write('The database is up to date.\n')
    })
}

/** `cts demo`: loads the demonstration data. */
export function demoCommand(): Command {
  return new Command('demo')
    .description(
      'load the demonstration data: invented people who can sign in, e-mail addresses, and some weeks of files',
    )
    .action(async () => {
      const { loadDemonstration } = await import('../demonstration.ts')
      await asOperator(loadDemonstration)
      process.stdout.write('The demonstration data is loaded.\n')
    })
}
