import { openXml, type XmlLimits } from '../kit/xml/index.ts'
import type { Block } from './block.ts'
import { valueOf } from './blocks.ts'
import type { Content, CtfFile, Elements } from './content.ts'
import { CTF_MODEL, type ElementRow, type Model } from './model.ts'
import { plansOf } from './plan.ts'
import { GATE_RULES } from './rules/xml.ts'
import { walkModel } from './walk.ts'

/** A file that cannot be read as data. */
export class CtfProblem extends Error {
  /** The rule that it breaks, as in CTF_RULES: ctf-101 for another root, else one of the XML. */
  readonly rule: string
  /** Where, counted from 1. */
  readonly line: number
  readonly column: number

  constructor(rule: string, line: number, column: number) {
    super(`${rule} at line ${line}, column ${column}`)
    this.rule = rule
    this.line = line
    this.column = column
  }
}

/** How to read. */
export interface ReadOptions {
  /** In place of the gate's own. */
  limits?: Partial<XmlLimits> | undefined
  /** Another content model, in tests. */
  model?: Model | undefined
}

/** A file's pupils one after another, with what stands before the first of them. */
export interface PupilRead {
  root: CtfFile['root']
  version: number | null
  header: Elements
  /** Its place in the file, counted from 1. */
  index: number
  pupil: Elements
}

/**
 * Reads a Common or Admissions Transfer File that is all there as data, whatever version it is of: values trimmed and
 * with references resolved, empty elements left out, an element that may stand several times always as a list, and
 * what the content model does not know as the XML that stood. Nothing is checked; that is for `checkCtf`.
 * @throws CtfProblem when it is not XML that is taken, or has another root
 */
export function readCtf(bytes: Uint8Array, options: ReadOptions = {}): CtfFile {
  const pupils: Elements[] = []
  const reading = openReading(options, (pupil) => pupils.push(pupil))
  reading.write(bytes)
  return { ...reading.end(), pupils }
}

/** The same for a file of any size, a pupil at a time: memory holds no more than one. */
export async function* readPupils(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<PupilRead, void, undefined> {
  const waiting: Elements[] = []
  const reading = openReading(options, (pupil) => waiting.push(pupil))
  let index = 0
  const read = function* (): Generator<PupilRead> {
    for (const pupil of waiting.splice(0)) yield { ...reading.head(), index: ++index, pupil }
  }
  for await (const chunk of source) {
    reading.write(chunk)
    yield* read()
  }
  reading.end()
  yield* read()
}

/** Reads a file as its bytes come and hands over each pupil when it closes. */
function openReading({ limits, model = CTF_MODEL }: ReadOptions, take: (pupil: Elements) => void) {
  const plans = plansOf(model)
  const roots = ['CTfile', 'ATfile'] as const
  let other: CtfProblem | null = null
  let root: CtfFile['root'] = 'CTfile'
  let header: Elements = {}
  let version: number | null = null
  const rest: Record<string, Content> = {}

  const sink = walkModel(plans, {
    today: '',
    roots,
    whole: true,
    root(name, line, column) {
      const known = roots.find((one) => one === name)
      if (known) root = known
      else other = new CtfProblem('ctf-101', line, column)
    },
    found() {},
    opened() {},
    closed(block) {
      if (block.name === 'Pupil') take(elementsOf(block))
      else if (block.name === 'Header') {
        header = elementsOf(block)
        version = versionOf(block)
      } else if (block.parent === null || block.parent.parent === null) addUnknown(rest, block)
    },
  })
  const reading = openXml(sink, { limits, names: plans.names })

  return {
    write(chunk: Uint8Array): void {
      reading.write(chunk)
      const { fault } = reading
      if (fault) throw new CtfProblem(GATE_RULES[fault.problem], fault.line, fault.column)
      if (other) throw other
    },
    head: () => ({ root, version, header }),
    end(): Omit<CtfFile, 'pupils'> {
      const fault = reading.end()
      if (fault) throw new CtfProblem(GATE_RULES[fault.problem], fault.line, fault.column)
      if (other) throw other
      return { root, version, header, rest }
    },
  }
}

/** The number of the version: 26 of 26.0. */
function versionOf(header: Block): number | null {
  const version = valueOf(header, 'CTFversion') ?? valueOf(header, 'ATFversion')
  const digits = /^([0-9]{1,2})(\.[0-9]+)?$/.exec(version ?? '')?.[1]
  return digits === undefined ? null : Number(digits)
}

/** What stands in a block, in the order of the content model. */
function elementsOf(block: Block): Elements {
  const elements: Record<string, Content> = {}
  for (const row of block.plan.rows.values()) {
    const content = contentOf(block, row)
    if (content !== undefined) elements[row.name] = content
  }
  addUnknown(elements, block)
  return elements
}

/** What stands of one row; nothing of what is empty. */
function contentOf({ values, lists, blocks, raw }: Block, { order, max }: ElementRow): Content | undefined {
  const value = values[order]!
  if (value !== null) return max > 1 ? lists![order]! : value
  const stood = raw?.[order]
  if (stood) return max > 1 || stood.length > 1 ? stood : stood[0]
  const children = blocks?.[order]?.map(elementsOf).filter((one) => Object.keys(one).length > 0) ?? []
  return max > 1 && children.length > 0 ? children : children[0]
}

/** An element may be called __proto__, so it is not assigned. */
function addUnknown(elements: Record<string, Content>, { unknown }: Block): void {
  for (const [name, raw] of unknown ?? []) {
    const value = raw.length > 1 ? raw : raw[0]!
    Object.defineProperty(elements, name, { value, enumerable: true, writable: true, configurable: true })
  }
}
