import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { findPostgres } from './postgres.ts'

/** What the tests need from the machine: Debian's package, whether it is there, and what is not run without it. */
const NEEDED = [
  { package: 'postgresql', isThere: () => findPostgres() !== null, without: 'every test on PostgreSQL' },
]

/**
 * Brings what the tests need: as root from Debian's packages, as an ordinary user what is there. Gives null when all is
 * there, else what is not run and the one line that installs it.
 */
export function provide(): string | null {
  if (process.getuid?.() === 0) {
    const packages = missing().map((one) => one.package)
    if (packages.length > 0) install(packages)
  }
  const still = missing()
  if (still.length === 0) return null
  const line = `apt-get install -y --no-install-recommends ${still.map((one) => one.package).join(' ')}`
  return `Not run: ${still.map((one) => one.without).join(', ')}. Install what is missing as root:\n  ${line}`
}

function missing(): typeof NEEDED {
  return NEEDED.filter((one) => !one.isThere())
}

/** Debian asks this file whether a package may start its service; 101 says no. */
const POLICY = '/usr/sbin/policy-rc.d'

function install(packages: string[]): void {
  const ours = !existsSync(POLICY)
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    apt('update')
    apt('install', '-y', '--no-install-recommends', ...packages)
  } finally {
    if (ours) rmSync(POLICY)
  }
}

function apt(...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, error, stdout, stderr } = spawnSync('apt-get', ['-q', ...args], { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`apt-get ${args[0]} failed: ${error?.message ?? `${stdout}${stderr}`}`)
}
