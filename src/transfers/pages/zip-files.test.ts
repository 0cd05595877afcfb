import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namesInZip } from './zip-files.ts'

const file = (name: string, day: string): { name: string; uploadedAt: Date } => ({
  name,
  uploadedAt: new Date(`${day}T23:30:00Z`),
})

test('in a zip every file has its right name; of one name the later in the list lie in folders of their day in London', () => {
  const name = '6814039_CTF_6804020_001.XML'
  const files = [
    file(name, '2026-07-01'),
    file('6814039_CTF_6804020_002.XML', '2026-07-01'),
    file(name, '2025-12-01'),
    file(name, '2025-06-30'),
    file(name, '2025-07-01'),
    file(name, '2025-06-30'),
  ]
  const named = namesInZip(files)
  assert.deepEqual(
    [...named.keys()],
    [
      name,
      '6814039_CTF_6804020_002.XML',
      `2025-12-01/${name}`,
      `2025-07-01/${name}`,
      `2025-07-02/${name}`,
      `2025-07-01-2/${name}`,
    ],
  )
  assert.deepEqual([...named.values()], files)
})
