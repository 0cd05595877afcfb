import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findPostgres } from './postgres.ts'

/** Debian's packages with Chromium; the fonts so that pictures of pages are the same everywhere. */
const CHROMIUM = ['chromium', 'fonts-liberation']

/** What the tests need from the machine: Debian's packages, whether it is there, and what is not run without it. */
const NEEDED = [
  {
    packages: ['postgresql'],
    isThere: () => findPostgres() !== null,
    without: 'every test on PostgreSQL',
  },
  {
    packages: CHROMIUM,
    isThere: () => findChromium() !== null,
    without: 'every test in a browser',
  },
  {
    packages: ['libxml2-utils'],
    isThere: () => findXmllint() !== null,
    without: 'the test that xmllint accepts the schemas',
  },
]

/** The line that installs what a browser test needs. */
export const CHROMIUM_INSTALL = installLine(CHROMIUM)

/** The program of Debian's Chromium on the PATH; else null. */
export function findChromium(): string | null {
  return findProgram('chromium')
}

/** The same for xmllint. */
export function findXmllint(): string | null {
  return findProgram('xmllint')
}

function findProgram(name: string): string | null {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin']
  return places.map((folder) => join(folder, name)).find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/**
 * Brings what the tests need: as root from Debian's packages, as an ordinary user what is there. Gives null when all is
 * there, else what is not run and the one line that installs it.
 */
export function provide(): string | null {
  if (process.getuid?.() === 0) {
    const packages = missing().flatMap((one) => one.packages)
    if (packages.length > 0) install(packages)
  }
  const still = missing()
  if (still.length === 0) return null
  const line = installLine(still.flatMap((one) => one.packages))
  return `Not run: ${still.map((one) => one.without).join(', ')}. Install what is missing as root:\n  ${line}`
}

function missing(): typeof NEEDED {
  return NEEDED.filter((one) => !one.isThere())
}

function installLine(packages: string[]): string {
  return `apt-get install -y --no-install-recommends ${packages.join(' ')}`
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
