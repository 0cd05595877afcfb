import { chmodSync, closeSync, constants, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'

/** Where everything of the embedded database lies in DATA_DIR. */
export interface Places {
  /** The file whose lock the owner holds. */
  lock: string
  /** PostgreSQL's own folder. */
  database: string
  /** A database being made or unpacked; worthless until it is renamed. */
  partial: string
  /** A database that was brought back whole, about to take its place. */
  restored: string
  /** The folder of the sockets, closed to other users. */
  sockets: string
  snapshots: string
}

/** The places in a DATA_DIR. */
export function placesIn(dataDir: string): Places {
  return {
    lock: join(dataDir, 'database.lock'),
    database: join(dataDir, 'database'),
    partial: join(dataDir, 'database.partial'),
    restored: join(dataDir, 'database.restored'),
    sockets: join(dataDir, 'socket'),
    snapshots: join(dataDir, 'snapshots'),
  }
}

/** The port that names the socket file, as PostgreSQL's clients build it: `.s.PGSQL.5432`. */
export const PORT = 5432

/** The name of the database's socket in its folder. */
export const DATABASE_SOCKET = `.s.PGSQL.${PORT}`

/** The name of the socket on which the owner takes requests. */
export const CONTROL_SOCKET = 'control'

/** A short way to a folder. */
export interface Address {
  /** A path of a few characters that leads there, in this process alone, until closed. */
  path: string
  close(): void
}

/**
 * The folder of the sockets, made for its owner alone, by a short address: the kernel takes at most 107 bytes for the
 * path of a UNIX socket, and DATA_DIR may be longer. The address leads through the open folder in /proc.
 */
export function openSocketFolder(sockets: string): Address {
  mkdirSync(sockets, { recursive: true, mode: 0o700 })
  chmodSync(sockets, 0o700)
  const fd = openSync(sockets, constants.O_RDONLY | constants.O_DIRECTORY)
  let open = true
  return {
    path: `/proc/self/fd/${fd}`,
    close() {
      if (open) closeSync(fd)
      open = false
    },
  }
}
