/** How sure a thing is: verified in a source, inferred from several, or unverified. */
export type Certainty = 'V' | 'I' | 'U'

/** One code of a set, with its words in both languages. */
export interface Code {
  code: string
  en: string
  cy: string
  /** Of a verified set's code: U where it was added later and no source was seen. */
  certainty: Certainty
  /** The code of the same set that it is part of, e.g. WBRI of WWEL; itself where it is one of the main codes. */
  main: string
  /** Whether new records no longer use it. */
  historic: boolean
  /** First CTF version that can hold it; 0 where it is not known to be younger than the set. */
  from: number
  /** Of an LA: whether its number stands in UPNs. */
  inUpn: boolean
}

/** The codes that an element may hold. */
export interface CodeSet {
  /** Its name in the content model, e.g. `ethnicity`. */
  name: string
  /** Its number in the Common Basic Data Set, e.g. CS080; null of a set that is not in it. */
  number: string | null
  title: { en: string; cy: string }
  /** A code that is not in a verified set is an error, elsewhere a warning. */
  certainty: Certainty
  source: string
  /** Whether small letters are as good as capitals, as in full and FULL. */
  anyCase: boolean
  /** Whether its element tells history, so that codes of old records are as right as others. */
  keepsHistory: boolean
  codes: ReadonlyMap<string, Code>
}

/**
 * The code sets of a table. A line `= name | number | certainty | source | title | Welsh title | flags` begins a
 * set (flags: any-case, keeps-history); the lines behind it are its codes, `code | words | Welsh words | flags`
 * (flags: historic, no-upn, unverified, main=CODE, from=VERSION).
 * @throws RangeError for a misprint
 */
export function readCodeTable(table: string): CodeSet[] {
  const sets: (CodeSet & { codes: Map<string, Code> })[] = []
  for (const line of table.split('\n').filter((line) => line.trim() !== '')) {
    if (line.startsWith('= ')) sets.push(readSet(line.slice(2)))
    else {
      const { name, codes } = sets.at(-1)!
      const code = readCode(line)
      if (codes.has(code.code)) throw new RangeError(`the code set ${name} has ${code.code} twice`)
      codes.set(code.code, code)
    }
  }
  return sets
}

function readSet(line: string): CodeSet & { codes: Map<string, Code> } {
  const [name, number, certainty, source, en, cy, flags = ''] = cellsOf(line)
  if (!name || !source || !en || !cy || !isCertainty(certainty)) throw new RangeError(`no code set: ${line}`)
  const said = flagsOf(flags, SET_FLAGS)
  return {
    name,
    number: number || null,
    title: { en, cy },
    certainty,
    source,
    anyCase: said['any-case'] !== undefined,
    keepsHistory: said['keeps-history'] !== undefined,
    codes: new Map(),
  }
}

const isCertainty = (cell: string | undefined): cell is Certainty =>
  cell === 'V' || cell === 'I' || cell === 'U'

function readCode(line: string): Code {
  const [code, en, cy, flags = ''] = cellsOf(line)
  if (!code || !en || !cy) throw new RangeError(`a code without words: ${line}`)
  const said = flagsOf(flags, CODE_FLAGS)
  return {
    code,
    en,
    cy,
    certainty: said.unverified === undefined ? 'V' : 'U',
    main: said.main ?? code,
    historic: said.historic !== undefined,
    from: Number(said.from ?? 0),
    inUpn: said['no-upn'] === undefined,
  }
}

const SET_FLAGS = ['any-case', 'keeps-history'] as const
const CODE_FLAGS = ['historic', 'no-upn', 'unverified', 'main', 'from'] as const

/** The flags of a cell by name, each with what stands behind its = sign. */
function flagsOf<T extends string>(cell: string, known: readonly T[]): Partial<Record<T, string>> {
  const flags: Partial<Record<T, string>> = {}
  for (const flag of cell.split(' ').filter((flag) => flag !== '')) {
    const [word, rest = ''] = flag.split('=')
    const name = known.find((one) => one === word)
    if (name === undefined) throw new RangeError(`a code has no flag ${flag}`)
    flags[name] = rest
  }
  return flags
}

const cellsOf = (line: string): string[] => line.split(' |').map((cell) => cell.trim())
