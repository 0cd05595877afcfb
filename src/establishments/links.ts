import { giasDate } from './gias.ts'
import type { Link, LinkType } from './store.ts'
import type { Cell } from './welsh-list.ts'

/** The columns of GIAS's file of links between establishments that are read. */
export const LINK_COLUMNS = ['URN', 'LinkURN', 'LinkType'] as const

/** A link as GIAS gives it, turned so that `from` is the earlier one; not turned when GIAS does not say which that is. */
export interface UrnLink {
  from: string
  to: string
  type: LinkType
  date: string | null
  directed: boolean
}

/**
 * A row of the links file; null for links that are no succession (sixth form centres, nurseries, …). GIAS names both
 * ends of most links: "Successor" stands with the earlier establishment, "Predecessor" with the later.
 * "Result of Amalgamation" stands with either.
 */
export function readLinkRow(cell: Cell): UrnLink | null {
  const [urn, other] = [cell('URN') ?? '', cell('LinkURN') ?? '']
  const found = /^(successor|predecessor|result of amalgamation)\b(?: - )?(.*)$/i.exec(cell('LinkType') ?? '')
  if (!found || !/^\d{5,7}$/.test(urn) || !/^\d{5,7}$/.test(other) || urn === other) return null
  const [way, how] = [found[1]!.toLowerCase(), found[2]!.toLowerCase()]
  const ends = way === 'predecessor' ? { from: other, to: urn } : { from: urn, to: other }
  const date = giasDate(cell('LinkEstablishedDate') ?? '')
  if (way === 'result of amalgamation') return { ...ends, type: 'amalgamated', date, directed: false }
  const type = how.startsWith('merge')
    ? 'merged'
    : how.startsWith('amalgam')
      ? 'amalgamated'
      : how.startsWith('split')
        ? 'split'
        : 'successor'
  return { ...ends, type, date, directed: true }
}

/** What became of the rows of a links file. */
export interface ResolvedLinks {
  links: Link[]
  /** Rows with an end that is not in the register. */
  unknown: number
}

/**
 * Turns links between URNs into links between codes. A school that kept its number when it was replaced (most
 * conversions to an academy) needs none. Where GIAS gives no direction it leads from the closed one.
 */
export function resolveLinks(
  urnLinks: readonly UrnLink[],
  codeOf: (urn: string) => string | undefined,
  isClosed: (code: string) => boolean,
): ResolvedLinks {
  const links = new Map<string, Link>()
  let unknown = 0
  for (const { type, date, directed, ...ends } of urnLinks) {
    const [from, to] = [codeOf(ends.from), codeOf(ends.to)]
    if (from === undefined || to === undefined) {
      unknown++
      continue
    }
    const ways = directed
      ? [[from, to] as const]
      : (
          [
            [from, to],
            [to, from],
          ] as const
        ).filter(([code]) => isClosed(code))
    for (const [from, to] of ways) {
      if (from !== to)
        links.set(`${from} ${to}`, { from, to, type, date: date ?? links.get(`${from} ${to}`)?.date ?? null })
    }
  }
  return { links: [...links.values()], unknown }
}
