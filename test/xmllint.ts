import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { findXmllint } from './install.ts'

/** Runs Debian's xmllint over a file with a schema: whether it took both, and what it said. */
export function xmllint(schema: string, file: string): { took: boolean; said: string } {
  const program = findXmllint()
  assert.ok(program, 'libxml2-utils is not installed')
  const args = ['--noout', '--nonet', '--stream', '--schema', schema, file]
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  return { took: status === 0, said: stderr }
}
