import { CODE_SETS, codeSet, type Code, type CodeSet } from '../codes/code-sets.ts'
import type { Model } from '../model.ts'
import { codeSetHeading } from './forms.ts'
import { codeSpan, markdownTable } from './markdown.ts'

/** Codes of a set that are told in full; longer sets are told by number and examples. */
const TOLD_IN_FULL = 40

const CODES_INTRODUCTION = `
Codes are written exactly as they stand, in capitals unless a set says otherwise. A code marked _old_ is right in old records
only; one marked _U_ was added since 2018, or is known without a source; _within_ names the code that it is a finer part of. A
code that is not in a verified set refuses the file, elsewhere it is a warning. Short sets stand here in full; all of them,
in English and Welsh, stand in [\`src/ctf/codes/\`](../src/ctf/codes/). The meanings are in our own words.
`.trim()

/** The chapter of the code sets that the model uses. */
export function codesChapter(model: Model): string {
  const used = new Set(
    model.rows.flatMap(({ content }) => (content !== 'any' && 'set' in content ? [content.set] : [])),
  )
  const sets = [...CODE_SETS.keys()].filter(
    (name) => used.has(name) || name === 'la' || name === 'attendance',
  )
  return ['## Code sets', CODES_INTRODUCTION, ...sets.map((name) => codeSetText(codeSet(name)))].join('\n\n')
}

function codeSetText(set: CodeSet): string {
  const { name, number, title, certainty, source, anyCase, codes } = set
  const count = `${codes.size} codes`
  const letters = anyCase ? ' Small letters are as good.' : ''
  const told = `${title.en}. ${number === null ? '' : `${number}; `}${certainty}: ${source}. ${count}.${letters}`
  const all = [...codes.values()]
  const few =
    all.length <= TOLD_IN_FULL ? all : all.filter((_, index) => index % Math.ceil(all.length / 8) === 0)
  const rows = few.map((code) => [codeSpan(code.code), code.en, remarksOn(code)])
  const head = ['code', 'meaning', 'remarks']
  const isPlain = rows.every(([, , remarks]) => remarks === '')
  return [
    `### ${codeSetHeading(name)}`,
    told,
    ...(few.length < all.length ? ['For example:'] : []),
    markdownTable([head, ...rows].map((row) => (isPlain ? row.slice(0, 2) : row))),
  ].join('\n\n')
}

function remarksOn({ code, certainty, main, historic, from }: Code): string {
  return [
    ...(main === code ? [] : [`within \`${main}\``]),
    ...(historic ? ['old'] : []),
    ...(from > 0 ? [`${from} on`] : []),
    ...(certainty === 'V' ? [] : [certainty]),
  ].join(', ')
}
