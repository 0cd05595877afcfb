import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigurationError, type Config } from './config.ts'

/**
 * The keys of SECRET_KEY, newest first. Where it is not set, those of DATA_DIR/secret-key beside the embedded
 * database; with `mayCreate` (demonstration data) one is made there at first, readable by its owner only.
 * Throws ConfigurationError when there is none.
 */
export function readSecretKeys(
  config: Pick<Config, 'secretKey' | 'databaseUrl' | 'dataDir'>,
  mayCreate: boolean,
): string[] {
  if (config.secretKey) return config.secretKey
  const file = join(config.dataDir, 'secret-key')
  const kept = config.databaseUrl ? null : (read(file) ?? (mayCreate ? create(config.dataDir, file) : null))
  if (!kept) {
    throw new ConfigurationError(
      'SECRET_KEY is not set: set it to at least 32 random characters (openssl rand -base64 48) and keep a copy apart from the database',
    )
  }
  const keys = kept.split(',').map((key) => key.trim())
  if (keys.some((key) => key.length < 32)) {
    throw new ConfigurationError(`${file} needs at least 32 characters in each key`)
  }
  return keys
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Written whole and synced before it has its name: a key that was half written would lose everything under it. */
function create(folder: string, file: string): string | null {
  mkdirSync(folder, { recursive: true })
  const draft = `${file}.${process.pid}`
  const descriptor = openSync(draft, 'w', 0o600)
  try {
    writeSync(descriptor, `${randomBytes(32).toString('base64url')}\n`)
    fsyncSync(descriptor)
    linkSync(draft, file)
  } catch (error) {
    // another process made one in the meantime: that one counts
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    closeSync(descriptor)
    rmSync(draft)
  }
  syncFolder(folder)
  return read(file)
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
