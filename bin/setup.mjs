// First step of every npm command, in plain JavaScript that any Node from 18 on can run:
// brings node_modules to what package-lock.json says, so that a fresh clone needs no other step.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stamp = join(root, 'node_modules', '.installed')
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')
const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted

if (!installed) {
  console.log('Installing what is missing (npm ci) …')
  const npm = spawnSync('npm', ['ci', '--no-progress', '--loglevel=error'], { cwd: root, stdio: 'inherit' })
  if (npm.status !== 0) process.exit(npm.status ?? 1)
  const runtime = join(root, 'node_modules', '.bin', 'node')
  if (!existsSync(runtime)) {
    console.error(
      `No Node 24 for ${process.platform}-${process.arch} came with the lock file: this product runs on Linux, x64 or arm64.`,
    )
    process.exit(1)
  }
  // `npx cts` finds the command here instead of asking a registry for a package of that name
  const command = join(root, 'node_modules', '.bin', 'cts')
  rmSync(command, { force: true })
  symlinkSync('../../bin/cts.mjs', command)
  writeFileSync(stamp, wanted)
}
