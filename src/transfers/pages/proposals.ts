import { parseFileName, type FileName } from '../../ctf/index.ts'
import type { Querying } from '../../kit/database.ts'
import type { Language } from '../../kit/i18n.ts'
import { Refusal } from '../../kit/refusal.ts'
import { FileRefusal, type FileFinding } from '../file-answer.ts'
import { freeName } from '../free-name.ts'
import { shownEnds, type ShownEnd } from './shown-ends.ts'

/** A name under which the same file may go instead, and to whom it would go then. */
export interface Proposal {
  name: string
  /** It was plainly meant; the file's own header says so; it is the next that is free. */
  because: 'meant' | 'header' | 'free'
  to: ShownEnd
}

/**
 * The right names for a file that was refused under a wrong one.
 * @param given the name as it was sent; source and destination by the file's header, where the page read them
 */
export async function proposalsFor(
  querying: Querying,
  refusal: Refusal,
  given: { name: string; header: unknown },
  language: Language,
): Promise<Proposal[]> {
  const parsed = parseFileName(given.name)
  const name = parsed.ok ? parsed.name : null
  const found = refusal instanceof FileRefusal ? refusal.found : []
  const meant = paramOf(found, 'name-suggested', 'suggestion')
  // the header is asked only where the name itself says nothing
  const asked = name || meant ? null : given.header
  const header = name ? nameByHeader(found, name) : await nameOfHeader(querying, asked)
  const free = name && refusal.code === 'name-taken' ? (await freeName(querying, name)).canonical : null
  const proposals: Proposal[] = []
  for (const [because, proposed] of Object.entries({ meant, header, free })) {
    const read = proposed === null ? null : parseFileName(proposed)
    if (!read?.ok || read.name.canonical === name?.canonical) continue
    const { source, destination, canonical } = read.name
    const { to } = await shownEnds(querying, { source, destination, sender: source }, language)
    proposals.push({ name: canonical, because: because as Proposal['because'], to })
  }
  return proposals
}

/** Somebody renamed it: the source or destination in the header is another than in the name (ctf-206, ctf-207). */
function nameByHeader(
  found: readonly FileFinding[],
  { type, serial, source, destination }: FileName,
): string | null {
  const from = paramOf(found, 'ctf-206', 'inFile')
  const to = paramOf(found, 'ctf-207', 'inFile')
  return (from ?? to) ? `${from ?? source}_${type}_${to ?? destination}_${serial}.XML` : null
}

/** The next free name for what the header says, where the name says nothing: leavers.xml. */
async function nameOfHeader(querying: Querying, header: unknown): Promise<string | null> {
  const [source, destination] = typeof header === 'string' ? header.toUpperCase().split('_') : []
  if (source === undefined || destination === undefined) return null
  try {
    return (await freeName(querying, { type: 'CTF', source, destination, serial: null })).canonical
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

function paramOf(found: readonly FileFinding[], rule: string, param: string): string | null {
  const value = found.find((finding) => finding.rule === rule)?.params[param]
  return typeof value === 'string' ? value : null
}
