import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { RegisterFiles } from '../establishments/index.ts'
import { newId } from '../kit/ids.ts'
import { Refusal } from '../kit/refusal.ts'
import type { World } from '../world.ts'

// A list of schools is public. It stands in DATA_DIR between the dry run and the import, as it came: never whole in memory.

/** The largest list that the page takes, in MiB; the command line takes any. */
export const UPLOAD_MOST_MIB = 64

const MIB = 1024 * 1024

/** Hours for which a list is kept that nobody imported. */
const KEPT_HOURS = 24

type Needed = Pick<World, 'config'>

const folderOf = ({ config }: Needed): string => join(config.dataDir, 'register-uploads')

/** The parts of an upload: the list, and GIAS's links. */
export type UploadPart = 'list' | 'links'

const pathOf = (world: Needed, id: string, part: UploadPart): string =>
  join(folderOf(world), `${id}.${part}.csv`)

/** An identifier for a new upload. */
export const newUpload = newId

/**
 * Keeps a part of an upload; one that is there is replaced once all of it has come. Throws Refusal `register-too-large`
 * (413), `body-cut` (400).
 */
export async function keepUpload(
  world: Needed,
  id: string,
  part: UploadPart,
  stream: Readable,
): Promise<void> {
  await mkdir(folderOf(world), { recursive: true })
  const path = pathOf(world, id, part)
  const coming = `${path}.${newId()}`
  let size = 0
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      const most = { params: { mib: UPLOAD_MOST_MIB } }
      done(size > UPLOAD_MOST_MIB * MIB ? new Refusal('too-large', 'register-too-large', most) : null, chunk)
    },
  })
  try {
    await pipeline(stream, limit, createWriteStream(coming))
    await rename(coming, path)
  } catch (error) {
    await rm(coming, { force: true })
    throw error instanceof Refusal
      ? error
      : new Refusal('malformed', 'body-cut', { because: 'connection cut' })
  }
}

/** Where the parts of an upload stand. Throws Refusal `register-upload-gone` (410). */
export async function uploadedFiles(world: Needed, id: string): Promise<RegisterFiles> {
  const has = (part: UploadPart): Promise<boolean> =>
    stat(pathOf(world, id, part)).then(
      () => true,
      () => false,
    )
  if (!(await has('list'))) throw new Refusal('gone', 'register-upload-gone')
  return {
    file: pathOf(world, id, 'list'),
    links: (await has('links')) ? pathOf(world, id, 'links') : null,
  }
}

/** Removes an upload, or a part of it. */
export async function removeUpload(
  world: Needed,
  id: string,
  parts: readonly UploadPart[] = ['list', 'links'],
): Promise<void> {
  for (const part of parts) await rm(pathOf(world, id, part), { force: true })
}

/** Removes what has stood there for a day. */
export async function forgetUploads(world: Pick<World, 'config' | 'clock'>): Promise<void> {
  const before = world.clock.now().getTime() - KEPT_HOURS * 3_600_000
  for (const name of await readdir(folderOf(world)).catch(() => [])) {
    const path = join(folderOf(world), name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }))
    if (mtimeMs < before) await rm(path, { force: true })
  }
}
