import { openXml, type XmlLimits } from '../kit/xml-gate.ts'
import { placesIn } from '../kit/xml-place.ts'
import { rootOf } from '../kit/xml-tokens.ts'
import { placeOf, readHeader, readPupil, type CtfHeader, type CtfPupil } from './blocks.ts'
import { checkBlock } from './check-blocks.ts'
import type { FileName } from './file-name.ts'
import { cut, gatherFindings, type Finding } from './findings.ts'
import { GATE_RULES } from './rules.ts'
import { pathOf, walkModel, type Block } from './walk.ts'

/** What a file says, and what was found in it. */
export interface CtfReading {
  wellFormed: boolean
  /** Set when the gate refused: the encoding is not taken, or something in it is refused. */
  gate: 'encoding' | 'content' | null
  /** The root's name: CTfile, ATfile, or another. */
  root: string | null
  header: CtfHeader | null
  pupils: CtfPupil[]
  /** At most 1,000, in the order of the file; errors before warnings where not all are kept. */
  findings: Finding[]
  /** How many there are in truth. */
  findingCount: number
  errors: number
  warnings: number
  /** The encoding it was read in; of one that was not taken, empty. */
  encoding: string
}

/** How to read. */
export interface ReadOptions {
  /** The file's name: its header must agree with it. */
  name?: FileName | undefined
  /** CCYY-MM-DD: for versions, the academic year and dates of birth. */
  today: string
  /** In place of the gate's own. */
  limits?: Partial<XmlLimits> | undefined
}

/**
 * Reads and checks a Common Transfer File: the gate, then one pass by the content model. Of an admissions or
 * census file (by `name`) only the XML is checked, since its content is not modelled.
 * Time is linear in the size; it never throws for what is in the bytes.
 */
export function readCtf(bytes: Uint8Array, { name, today, limits }: ReadOptions): CtfReading {
  const opened = openXml(bytes, limits)
  if (!opened.ok) {
    const finding = xmlFinding(GATE_RULES[opened.problem], opened)
    return { ...UNREAD, findings: [finding], gate: opened.kind }
  }
  const modelled = !name || name.kind === 'ctf' || name.kind === 'transfer'
  const reader = startReading(modelled ? (name ?? null) : null, today)
  const { text, encoding, tokens, error } = opened
  const root = rootOf(tokens)
  if (error !== null) {
    const place = placesIn(text, [error])[0]!
    return { ...UNREAD, root, encoding, findings: [xmlFinding('ctf-025', place)] }
  }
  walkModel(tokens, 'CTfile', reader.events)
  if (modelled && root !== 'CTfile') {
    reader.events.findings.add('ctf-101', text.indexOf(`<${root}`), () => root!, null, {
      element: root!,
    })
  }
  const { counts } = reader.events.findings
  return {
    wellFormed: true,
    gate: null,
    root,
    header: reader.header(),
    pupils: reader.pupils,
    findings: reader.events.findings.list(text),
    findingCount: counts.error + counts.warning,
    errors: counts.error,
    warnings: counts.warning,
    encoding,
  }
}

const UNREAD = {
  wellFormed: false,
  gate: null,
  root: null,
  header: null,
  pupils: [],
  findingCount: 1,
  errors: 1,
  warnings: 0,
  encoding: '',
}

function xmlFinding(rule: string, { line, column }: { line: number; column: number }): Finding {
  return { rule, severity: 'error', params: {}, line, column, path: '', pupil: null }
}

/** Gathers header, pupils and findings as the walk passes them. */
function startReading(name: FileName | null, today: string) {
  const findings = gatherFindings()
  const pupils: CtfPupil[] = []
  const firstWithUpn = new Map<string, number>()
  let header: CtfHeader | null = null
  let current: { index: number; upn: string | null } | null = null
  let count = 0

  const opened = (block: Block) => {
    if (block.name !== 'Pupil') return
    current = { index: ++count, upn: null }
    if (name?.lost && count === 2) findings.add('ctf-302', block.at, () => PUPIL, current)
  }

  const closePupil = (block: Block) => {
    const pupil = readPupil(block, count)
    pupils.push(pupil)
    if (pupil.upn === null) return
    current!.upn = cut(pupil.upn, 20)
    const first = firstWithUpn.get(pupil.upn)
    if (first === undefined) firstWithUpn.set(pupil.upn, count)
    else findings.add('ctf-303', placeOf(block, 'UPN'), () => `${PUPIL}/UPN`, current, { first })
  }

  const closed = (block: Block) => {
    for (const [rule, child, params] of checkBlock(block, name)) {
      findings.add(rule, placeOf(block, child), () => pathOf(block, child), current, params)
    }
    if (block.name === 'Header') header ??= readHeader(block)
    if (block.name !== 'Pupil') return
    closePupil(block)
    current = null
  }

  return {
    pupils,
    header: (): CtfHeader | null => header,
    events: { today, findings, pupil: () => current, opened, closed },
  }
}

const PUPIL = 'CTfile/CTFpupilData/Pupil'
