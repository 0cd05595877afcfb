import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type Preparation = Parameters<NodeFS['init']>[1]

/** An open file as the WebAssembly file system sees it: `nfd` is the real descriptor, absent for a folder. */
interface Stream {
  node: unknown
  nfd?: number
}

interface NodeFiles {
  realPath(node: unknown): string
  stream_ops: { fsync?: (stream: Stream) => number }
}

/** Writes what the operating system still holds of a file or a folder to the disk. */
export function syncPath(path: string): void {
  const fd = openSync(path, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** The same for a folder with everything in it. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() || entry.isDirectory()) syncPath(join(entry.parentPath, entry.name))
  }
  syncPath(folder)
}

/**
 * PGlite's files in a folder, with fsync. PGlite's own file layer drops every fsync that PostgreSQL asks for
 * (electric-sql/pglite issue 1107), so that a power cut could lose acknowledged commits or the whole folder; here
 * each one reaches the disk. `onAbort` is called when PostgreSQL panics (disk full, write failed): the engine must
 * not be used from then on.
 */
export class DurableFiles extends NodeFS {
  readonly #onAbort: () => void

  constructor(folder: string, onAbort: () => void) {
    super(folder)
    this.#onAbort = onAbort
  }

  override async init(pg: PGlite, options: Preparation): Promise<{ emscriptenOpts: Preparation }> {
    const prepared = await super.init(pg, { ...options, onAbort: this.#onAbort })
    prepared.emscriptenOpts.preRun?.push((module) => {
      const files: NodeFiles = module.FS.filesystems.NODEFS
      files.stream_ops.fsync = (stream) => {
        if (stream.nfd === undefined) syncPath(files.realPath(stream.node))
        else fsyncSync(stream.nfd)
        return 0
      }
    })
    return prepared
  }
}

/**
 * PostgreSQL's start parameters: PGlite's, but for `-F` (no fsync). wal_sync_method is fsync because the WebAssembly
 * build has fdatasync as an empty function. Little WAL is kept, since each snapshot carries it.
 */
export const DURABLE_START = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  '-c',
  'wal_sync_method=fsync',
  '-c',
  'max_wal_size=64MB',
  '-c',
  'min_wal_size=32MB',
]
