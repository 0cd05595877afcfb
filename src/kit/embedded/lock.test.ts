import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { lockHolder, takeLock } from './lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'cts-lock-'))
after(() => rmSync(folder, { recursive: true }))

test('a lock is held once, tells its holder, and can be taken again when it is released', () => {
  const file = join(folder, 'once')
  const lock = takeLock(file)
  assert.ok(lock)
  assert.equal(takeLock(file), null)
  assert.equal(lockHolder(file), process.pid)
  lock.release()
  lock.release()
  takeLock(file)!.release()
})

test('a lock is free as soon as its holder is killed', async () => {
  const file = join(folder, 'killed')
  const source = `import { takeLock } from ${JSON.stringify(new URL('lock.ts', import.meta.url).href)}
    console.log(takeLock(${JSON.stringify(file)}) ? 'taken' : 'refused'); setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  assert.equal(String(await once(holder.stdout, 'data').then(([data]) => data)).trim(), 'taken')
  assert.equal(takeLock(file), null)
  assert.equal(lockHolder(file), holder.pid)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  takeLock(file)!.release()
})

test('without the flock program the fault names it', () => {
  const path = process.env.PATH
  process.env.PATH = folder
  try {
    assert.throws(() => takeLock(join(folder, 'none')), {
      name: 'EmbeddedFault',
      code: 'noFlock',
      message: /util-linux/,
    })
  } finally {
    process.env.PATH = path
  }
})
