import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { CONTENT_RULES } from './architecture/contents.ts'
import { ROOM_RULES } from './architecture/rooms.ts'
import { product, readTree, roomOf, source } from './architecture/source.ts'

const ROOT = join(import.meta.dirname, '..')
const tree = readTree(ROOT)

describe('the tree that the rules see', () => {
  test('is the whole tree: every room, its files and what they open', () => {
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    )
    const rooms = new Set(tree.map(({ path }) => roomOf(path)))
    assert.deepEqual(
      folders.filter(({ name }) => !rooms.has(name)).map(({ name }) => name),
      [],
    )
    for (const room of ['kit', 'permissions', 'ctf', 'transfers']) assert.ok(rooms.has(room), room)
    assert.ok(product(tree).length > 80, `${product(tree).length} files`)
    assert.ok(product(tree).flatMap(({ imports }) => imports).length > 250)
  })

  test('keeps all code when it takes comments away', () => {
    const counts = (text: string): number =>
      [...text.matchAll(/^(export|import|function|const|async function) /gm)].length
    const differing = tree.filter(
      ({ text, code }) => counts(text) !== counts(code) || text.length !== code.length,
    )
    assert.deepEqual(
      differing.map(({ path }) => path),
      [],
    )
  })

  test('finds imports of every form', () => {
    const text = [
      "import assert from 'node:assert/strict'",
      "import {\n  sql,\n  type Tx,\n} from '../kit/database.ts'",
      "import type { World } from '../world.ts'",
      "import './effect.ts'",
      "export { parse } from '@scope/parser/sync'",
      "export * from './read.ts'",
      "// import { no } from './comment.ts'",
      // in two parts, so that this file does not itself seem to open it
      'const later = await import'.concat("('./later.ts')"),
    ].join('\n')
    const found = source('src/transfers/store.ts', text).imports
    assert.deepEqual(
      found.map(({ target, typeOnly }) => (typeOnly ? `type ${target}` : target)),
      [
        'node:assert/strict',
        'src/kit/database.ts',
        'type src/world.ts',
        'src/transfers/effect.ts',
        '@scope/parser',
        'src/transfers/read.ts',
        'src/transfers/later.ts',
      ],
    )
  })
})

for (const { title, broken, example } of [...ROOM_RULES, ...CONTENT_RULES]) {
  test(title, () => {
    assert.deepEqual(broken(tree), [])
    assert.notDeepEqual(broken([source(...example)]), [], 'the rule passes an example that breaks it')
  })
}
