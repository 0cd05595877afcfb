import { NOT_TAKEN, openXml, type XmlFault, type XmlLimits } from '../kit/xml/index.ts'
import { pathOf, type Block } from './block.ts'
import { placeOf, readHeader, readPupil, valueOf, type CtfHeader, type CtfPupil } from './blocks.ts'
import type { FileName } from './file-name.ts'
import { gatherFindings, type Finding } from './findings.ts'
import { CTF_MODEL, type Model } from './model.ts'
import { plansOf } from './plan.ts'
import { isForNobody } from './rules/header.ts'
import { RIGHT, dateOf, type BlockRule, type RuleContext } from './rules/rule.ts'
import { GATE_RULES } from './rules/xml.ts'
import { walkModel, type WalkEvents } from './walk.ts'

/** What a file says, and what was found in it. */
export interface CtfReading {
  wellFormed: boolean
  /** Set when the gate refused: the encoding is not taken, or something in it is refused. */
  gate: 'encoding' | 'content' | null
  /** The root's name: CTfile, ATfile, or another; null when the file broke off before. */
  root: string | null
  header: CtfHeader | null
  /** Empty when the options did not want them. */
  pupils: CtfPupil[]
  pupilCount: number
  /** At most 1,000, in the order of the file; errors before warnings where not all are kept. */
  findings: Finding[]
  /** How many there are in truth. */
  findingCount: number
  errors: number
  warnings: number
  /** The encoding it was read in; of one that was not taken, empty. */
  encoding: string
}

/** How to check. */
export interface CheckOptions {
  /** The file's name: its header must agree with it. Without one, any Common or Admissions Transfer File is taken. */
  name?: FileName | undefined
  /** CCYY-MM-DD: for versions, the academic year and dates of birth. */
  today: string
  /** In place of the gate's own. */
  limits?: Partial<XmlLimits> | undefined
  /** False: pupils are counted only, so that memory does not grow with their number. */
  pupils?: boolean | undefined
  /** Another content model, in tests. */
  model?: Model | undefined
}

/** A file that is being checked, a piece at a time. */
export interface CtfCheck {
  /** The next bytes. */
  write(chunk: Uint8Array): void
  /** The file is whole. */
  end(): CtfReading
}

/**
 * Checks a Common Transfer File that is all there: the gate, the content model and every rule, in one pass. Of an
 * admissions or census file whose content is not modelled (by `name`) only the XML is checked. Time is linear in the
 * size; it never throws for what is in the bytes.
 */
export function checkCtf(bytes: Uint8Array, options: CheckOptions): CtfReading {
  const check = openCheck(options)
  check.write(bytes)
  return check.end()
}

/** The same for a file of any size, as its bytes come: memory does not grow with it, and others get their turn in between. */
export async function checkCtfStream(
  source: AsyncIterable<Uint8Array>,
  options: CheckOptions,
): Promise<CtfReading> {
  const check = openCheck(options)
  for await (const chunk of source) check.write(chunk)
  return check.end()
}

/** Begins a check. */
export function openCheck({ name, today, limits, pupils = true, model = CTF_MODEL }: CheckOptions): CtfCheck {
  const plans = plansOf(model)
  const state = startReading(name ?? null, today, pupils)
  const reading = openXml(walkModel(plans, state.events), { limits, names: plans.names })
  return {
    write: (chunk) => reading.write(chunk),
    end() {
      const fault = reading.end()
      const encoding = reading.encoding ?? ''
      return fault ? refused(fault, state.root(), encoding) : { ...state.read(), encoding }
    },
  }
}

/** What a file is that is not read to its end: one finding, and nothing of what stands before it. */
function refused({ problem, line, column }: XmlFault, root: string | null, encoding: string): CtfReading {
  const isBroken = problem === 'not-well-formed'
  const rule = GATE_RULES[problem]
  const notTaken = NOT_TAKEN.has(problem)
  return {
    wellFormed: false,
    gate: isBroken ? null : notTaken ? 'encoding' : 'content',
    root: isBroken ? root : null,
    header: null,
    pupils: [],
    pupilCount: 0,
    findings: [{ rule, severity: 'error', params: {}, line, column, path: '', pupil: null }],
    findingCount: 1,
    errors: 1,
    warnings: 0,
    encoding: notTaken ? '' : encoding,
  }
}

/** The roots that are read in a file of a name, and whether another is an error. */
function rootsOf(name: FileName | null): { roots: readonly string[]; modelled: boolean } {
  if (!name) return { roots: ['CTfile', 'ATfile'], modelled: true }
  if (name.kind === 'ctf' || name.kind === 'transfer') return { roots: ['CTfile'], modelled: true }
  return name.type === 'ATF' ? { roots: ['ATfile'], modelled: true } : { roots: [], modelled: false }
}

/** Gathers header, pupils and findings as the walk passes them. */
function startReading(name: FileName | null, today: string, keepPupils: boolean) {
  const { roots, modelled } = rootsOf(name)
  const findings = gatherFindings()
  const kept: CtfPupil[] = []
  const firstWithUpn = new Map<string, number>()
  let root: string | null = null
  let header: CtfHeader | null = null
  let current: { index: number; upn: string | null } | null = null
  let count = 0
  const context: RuleContext = { today, name, header: null, pupil: null, dob: null }

  const found: WalkEvents['found'] = (rule, line, column, path, params) =>
    findings.add(rule, line, column, path, current, params)

  function opened(block: Block): void {
    if (block.name !== 'Pupil') return
    current = { index: ++count, upn: null }
    context.pupil = block
    context.dob = null
    if (count === 2 && (name ? name.lost : isForNobody(context.header)))
      found('ctf-302', block.line, block.column, () => pathOf(block, null))
  }

  function closed(block: Block): void {
    if (context.pupil) context.dob ??= dateOf(context.pupil, 'DOB')
    for (const rule of block.plan.rules) ask(rule, block)
    if (block.name === 'Header') {
      header ??= readHeader(block)
      context.header ??= block
    } else if (block.name === 'Pupil') closePupil(block)
  }

  function ask({ check }: BlockRule, block: Block): void {
    const breaches = check(block, context)
    if (breaches === RIGHT) return
    for (const [rule, spot, params] of breaches) {
      const { line, column, path } = placeOf(block, spot)
      found(rule, line, column, path, params)
    }
  }

  function closePupil(block: Block): void {
    if (keepPupils) kept.push(readPupil(block, count))
    const upn = valueOf(block, 'UPN')
    if (upn !== null) {
      current!.upn = upn.slice(0, 20).toWellFormed()
      const first = firstWithUpn.get(upn)
      if (first === undefined) firstWithUpn.set(upn, count)
      else {
        const { line, column, path } = placeOf(block, 'UPN')
        found('ctf-303', line, column, path, { first })
      }
    }
    current = null
    context.pupil = null
  }

  return {
    root: (): string | null => root,
    events: {
      today,
      roots,
      whole: false,
      root(seen, line, column) {
        root = seen
        if (modelled && !roots.includes(seen))
          found('ctf-101', line, column, () => seen, { element: seen, expected: roots.join(' / ') })
      },
      found,
      opened,
      closed,
    } satisfies WalkEvents,
    read: () => ({
      wellFormed: true,
      gate: null,
      root,
      header,
      pupils: kept,
      pupilCount: count,
      findings: findings.list(),
      findingCount: findings.counts.error + findings.counts.warning,
      errors: findings.counts.error,
      warnings: findings.counts.warning,
    }),
  }
}
