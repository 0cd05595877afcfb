import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BLOCK_PROSE } from './manual/blocks.ts'
import { ELEMENT_PROSE } from './manual/elements.ts'
import { anchorOf } from './manual/markdown.ts'
import { manualOf } from './manual.ts'
import { CTF_MODEL, readModel } from './model.ts'
import { CONTENT_MODEL } from './model-table.ts'
import { checkCtf } from './check-ctf.ts'
import { parseFileName } from './file-name.ts'

const manual = manualOf()

/** The cells of the tables' rows about an element of a name, over the whole manual. */
const rowsAbout = (text: string, name: string): string[][] =>
  text
    .split('\n')
    .filter((line) => new RegExp(`^\\| (› )*\`${name}\` `).test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    )

test('every element of the content model stands in a table, once for each place that it has', () => {
  const names = new Map<string, number>()
  for (const { parent, name } of CTF_MODEL.rows) {
    const isShown = !parent.endsWith('file') && !parent.endsWith('pupilData')
    if (isShown) names.set(name, (names.get(name) ?? 0) + 1)
  }
  const shown = [...names.keys()].map((name) => [
    name,
    rowsAbout(manual, name).filter((row) => row.length === 6).length,
  ])
  assert.deepEqual(shown, [...names])
})

test('a row that is added to the model stands in the manual with what it says', () => {
  const row = 'BasicDetails | YoungCarer | ? | boolean | N09999 | 27- | I | CBDS | of the census'
  const said = rowsAbout(manualOf(readModel(`${CONTENT_MODEL}${row}\n`)), 'YoungCarer')
  const cells = ['`YoungCarer`', 'YoungCarer. Of the census', 'at most once', 'true or false', '27 on']
  assert.deepEqual(said, [[...cells, 'I: CBDS N09999']])
  assert.deepEqual(rowsAbout(manual, 'YoungCarer'), [])
})

test('a block that is added to a pupil has a section', () => {
  const rows = `Pupil | Clubs | ? | > Clubs |||U||\nClubs | Club | + | text 35 |||U||\n`
  assert.match(
    manualOf(readModel(CONTENT_MODEL + rows)),
    /### Clubs \(`Clubs`\)\n\n\| element [^]*?\| `Club` /,
  )
})

test('links within the manual lead to a heading of it', () => {
  const headings = [...manual.matchAll(/^#+ (.+)$/gm)].map(([, words = '']) => anchorOf(words))
  assert.equal(new Set(headings).size, headings.length)
  const links = [...manual.matchAll(/\]\(#([^)]+)\)/g)].map(([, place = '']) => place)
  assert.ok(links.length > 40)
  assert.deepEqual(
    links.filter((place) => !headings.includes(place)),
    [],
  )
})

test('the first file of the manual is one without a finding', () => {
  const [, xml = ''] = /```xml\n([^]*?)```/.exec(manual) ?? []
  const parsed = parseFileName('6814039_CTF_6804020_001.XML')
  assert.ok(parsed.ok && manual.includes(`\`${parsed.name.canonical}\``))
  const { findings, pupils } = checkCtf(Buffer.from(xml), { today: '2026-11-22', name: parsed.name })
  assert.deepEqual([findings, pupils.length], [[], 1])
})

test('what is told of blocks and elements is told of some that there are', () => {
  const there = new Set(CTF_MODEL.rows.map(({ parent, name }) => `${parent}.${name}`))
  assert.deepEqual(
    Object.keys(BLOCK_PROSE).filter((group) => !CTF_MODEL.groups.has(group)),
    [],
  )
  assert.deepEqual(
    [...ELEMENT_PROSE.keys()].filter((path) => !there.has(path)),
    [],
  )
})
