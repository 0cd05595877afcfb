import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { generatedDocuments } from './docs.ts'

for (const [path, text] of Object.entries(await generatedDocuments())) {
  test(`${path} says what the source says: if not, run npm run docs`, () => {
    assert.equal(readFileSync(join(import.meta.dirname, '../..', path), 'utf8'), text)
  })
}
