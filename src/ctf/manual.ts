import { CERTAINTY, CHECKING, KINDS, OPEN } from './manual/closing.ts'
import { EDITIONS } from './manual/editions.ts'
import { alignTables, anchorOf, markdownTable } from './manual/markdown.ts'
import { OPENING } from './manual/opening.ts'
import { codesChapter } from './manual/codes-chapter.ts'
import { contentChapter } from './manual/content-chapter.ts'
import { CTF_MODEL, type Model } from './model.ts'

/**
 * The manual of the format, docs/ctf.md, as Markdown in English: chapters in prose (src/ctf/manual/), and tables of
 * everything that the content model and the code sets say. A row that is added to the model stands in it.
 */
export function manualOf(model: Model = CTF_MODEL): string {
  const chapters = [
    OPENING,
    versionsChapter(),
    contentChapter(model),
    codesChapter(model),
    KINDS,
    CERTAINTY,
    CHECKING,
    OPEN,
  ].map((chapter) => chapter.trim())
  const headings = chapters.flatMap((chapter) =>
    [...chapter.matchAll(/^## (.+)$/gm)].map(([, words = '']) => words),
  )
  return `${[
    '# The Common Transfer File: a manual',
    'For those who write, read or check the files by which pupils’ records go from school to school in England and Wales. Made from\n`src/ctf/` by `npm run docs`; a test keeps it current.',
    headings.map((words) => `- [${words}](#${anchorOf(words)})`).join('\n'),
    ...chapters.map(alignTables),
  ].join('\n\n')}\n`
}

function versionsChapter(): string {
  const rows = EDITIONS.map(({ version, valid, added, sure, source }) => [
    version,
    valid,
    added,
    `${sure}: ${source}`,
  ])
  return [
    '## Versions',
    'A new version comes each year and is valid from September; its number is that of the academic year. Nothing known has changed its\nmeaning from one to the next: elements come, few go, code sets grow. So one model serves all: a reader takes the union, a writer\nleaves out what its version does not have.',
    markdownTable([['version', 'valid from', 'what it added', 'how sure'], ...rows]),
  ].join('\n\n')
}
