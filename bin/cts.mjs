#!/usr/bin/env node
// The `cts` command. The system's Node may be older than the one the lock file brings: hand over to that one.
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(realpathSync(fileURLToPath(import.meta.url))), '..')
const runtime = join(root, 'node_modules', '.bin', 'node')
if (!existsSync(runtime)) {
  console.error(`cts is not installed yet: run "npm run setup" in ${root} first.`)
  process.exit(2)
}
const child = spawn(runtime, [join(root, 'src', 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code ?? 1)))
