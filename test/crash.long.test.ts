import { describe, test } from 'node:test'
import { killRepeatedly } from './crash.ts'
import { findPostgres } from './postgres.ts'

const skip = findPostgres() ? false : 'no PostgreSQL is installed'

describe('a service that is killed under upload, twenty times', () => {
  test('embedded: nothing acknowledged is lost, nothing half is left', (t) =>
    killRepeatedly('embedded', 20, t))
  test('postgres: nothing acknowledged is lost, nothing half is left', { skip }, (t) =>
    killRepeatedly('postgres', 20, t),
  )
})
