import assert from 'node:assert/strict'
import { checkCtf, CTF_RULES } from '../src/ctf/index.ts'
import { xsdOf } from '../src/ctf/xsd.ts'
import { openLibxml2, type Peer, type PeerVerdict } from './libxml2.ts'

/** What two readers make of a document: the project's check, and libxml2 by the schema of the document's version. */
export interface Verdicts {
  document: Buffer
  ours: {
    wellFormed: boolean
    /** Well formed, and nothing structural was found, whatever its severity: the strict profile. */
    valid: boolean
    /** The structural rules that it breaks, each once; of one that is not well formed the rule that says so. */
    rules: readonly string[]
  }
  theirs: PeerVerdict
}

const STRUCTURAL = new Set(CTF_RULES.filter(({ structural }) => structural).map(({ rule }) => rule))

const peers = new Map<string, Peer>()

/** Lets both judge a document; `version`: of the schema, where the document names none. */
export function judge(document: Buffer, version: number): Verdicts {
  const { wellFormed, root, findings } = checkCtf(document, { today: '2026-11-22' })
  const found = findings.map(({ rule }) => rule)
  const rules = [...new Set(wellFormed ? found.filter((rule) => STRUCTURAL.has(rule)) : found)]
  const named = /<(?:CTF|ATF)version>\s*([0-9]{2})\.0\s*</.exec(document.toString())
  const theirs = peerOf(root === 'ATfile' ? 'ATfile' : 'CTfile', named ? Number(named[1]) : version).verdict(
    document,
  )
  return { document, ours: { wellFormed, valid: wellFormed && rules.length === 0, rules }, theirs }
}

function peerOf(root: 'CTfile' | 'ATfile', version: number): Peer {
  const key = `${root} ${version}`
  const known = peers.get(key)
  if (known) return known
  const peer = openLibxml2(xsdOf(version, root))
  peers.set(key, peer)
  return peer
}

/** Whether both say the same. */
function agree({ ours, theirs }: Verdicts): boolean {
  return ours.wellFormed === (theirs.wellFormed ?? ours.wellFormed) && ours.valid === theirs.valid
}

/** A way in which the two differ. */
export interface Difference {
  why: string
  /** A document on which they do. */
  example: Buffer
  /** The document without what they differ about. */
  without(text: string): string
}

/** All ways in which they differ, by what each is about. */
export type Differences = Readonly<Record<string, Difference>>

/** Where the two do not agree on a document and still do not when all that they differ about is taken out: a line on it. */
export function unexplained(
  title: string,
  verdicts: Verdicts,
  version: number,
  table: Differences,
): string[] {
  if (agree(verdicts)) return []
  let text = verdicts.document.toString()
  for (const { without } of Object.values(table)) text = without(text)
  const rest = judge(Buffer.from(text), version)
  if (agree(rest)) return []
  const { ours, theirs } = rest
  const said = ours.valid ? 'valid' : ours.rules.join(' ')
  return [`${title}: we say ${said}, libxml2 ${theirs.valid ? 'valid' : theirs.said.slice(0, 300)}`]
}

/** Each row of a table is needed: on its example the two differ, and without what it is about they do not. */
export function proveEach(table: Differences): void {
  for (const [title, { example, without }] of Object.entries(table)) {
    assert.ok(!agree(judge(example, 26)), `${title}: both say the same of its example`)
    const rest = judge(Buffer.from(without(example.toString())), 26)
    assert.ok(agree(rest), `${title}: ${rest.ours.rules.join()} ${rest.theirs.said}`)
  }
}
