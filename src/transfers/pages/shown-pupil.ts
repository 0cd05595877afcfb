import {
  drawPicture,
  placeFindings,
  viewPupil,
  type Block,
  type Fact,
  type Line,
  type PupilView,
} from '../../ctf/view/index.ts'
import { wordsOf, type Language } from '../../kit/i18n.ts'
import { wordFinding, type FileFinding } from '../file-answer.ts'
import type { PupilIn } from '../pupils-in.ts'

/** A finding beside what it is about. */
export interface ShownMark {
  severity: FileFinding['severity']
  problem: string
  action: string
  line: number
}

/** A block of the view with its pictures drawn, and beside each item what was found there. */
export interface ShownBlock extends Omit<Block, 'facts' | 'pictures' | 'tables' | 'blocks'> {
  marks: ShownMark[]
  /** There is something behind the facts that is folded. */
  hasFold: boolean
  facts: (Fact & { marks: ShownMark[] })[]
  /** SVG, which the page takes as it is. */
  pictures: string[]
  tables: ShownTable[]
  blocks: ShownBlock[]
}

interface ShownTable {
  title: string
  folded: boolean
  marks: ShownMark[]
  heads: readonly string[]
  rows: { line: Line; marks: ShownMark[] }[][]
}

/** A pupil as a page shows one. */
export interface ShownPupil {
  index: number
  name: string
  /** The file says more than is shown. */
  isCut: boolean
  file: PupilView['file']
  marks: ShownMark[]
  sections: (ShownBlock & { section: string })[]
}

/**
 * A pupil of a file for a page, in its language, with what was found in it beside the items.
 * @param isOneOfMany the marks of a term are not drawn week by week
 */
export function shownPupil(
  { index, header, pupil, isCut }: PupilIn,
  findings: readonly FileFinding[],
  language: Language,
  isOneOfMany = false,
): ShownPupil {
  const words = wordsOf(language)
  const view = viewPupil(pupil, header, language)
  const own = findings.filter((finding) => finding.pupil?.index === index)
  const placed = placeFindings(view, own)
  let pictures = 0

  /** What was found at these places and is not shown yet: a thing and the only one in it stand at the same place. */
  function take(...paths: (string | null)[]): ShownMark[] {
    return paths.flatMap((path) => {
      const found = path === null ? [] : (placed.get(path) ?? [])
      if (path !== null) placed.delete(path)
      return found.map((finding) => {
        const { severity, line } = finding
        return { severity, line, ...wordFinding(finding, words) }
      })
    })
  }

  const pathsOf = (lines: readonly Line[]): (string | null)[] => lines.flat().map(({ path }) => path)

  function show(given: Block): ShownBlock {
    const isBare = isOneOfMany && given.fold
    const block = isBare ? { ...given, pictures: [], tables: [], notes: [] } : given
    return {
      ...block,
      hasFold: block.fold !== undefined && !isBare,
      facts: block.facts.map((fact) => ({ ...fact, marks: take(fact.path, ...pathsOf(fact.lines)) })),
      tables: block.tables.map(({ title, path, heads, rows, folded = false }) => ({
        title,
        folded,
        heads,
        rows: rows.map((row) => row.map((line) => ({ line, marks: take(...pathsOf([line])) }))),
        marks: take(path),
      })),
      pictures: block.pictures.map((picture) =>
        drawPicture(picture, `pupil-${index}-picture-${(pictures += 1)}`, language),
      ),
      blocks: block.blocks.map(show),
      marks: take(block.path === '' ? null : block.path, ...pathsOf([block.title])),
    }
  }

  const sections = view.sections.map((section) => ({ ...show(section), section: section.section }))
  // about the pupil as a whole, or about what no section shows
  const marks = [...placed.keys()].flatMap((path) => take(path))
  return { index, name: view.name, isCut, file: view.file, marks, sections }
}
