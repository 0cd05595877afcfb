import { basename } from 'node:path'
import { Refusal } from '../kit/refusal.ts'
import { operate } from '../permissions/perform.ts'
import type { World } from '../world.ts'
import type { Querying, Tx } from '../kit/database.ts'
import { differences, type Differences } from './differences.ts'
import { resolveLinks } from './links.ts'
import { readLinksFile, readRegisterFile, type LinksFile, type RegisterFile } from './register-file.ts'
import { nationOf } from './rules.ts'
import {
  lockRegister,
  markLoaded,
  readLinks,
  readOrganisations,
  saveLinks,
  saveOrganisations,
} from './store.ts'
import type { Link, Organisation } from './store.ts'

/** What an import did or, as a dry run, would do. */
export interface ImportReport extends Omit<Differences, 'writes' | 'links'> {
  dryRun: boolean
  file: Omit<RegisterFile, 'rows' | 'urns'> & { taken: number }
  /** LA numbers whose schools were not in the register before. */
  loaded: string[]
  links: {
    /** New ones, or with another type or date, those of renumbered schools among them. */
    recorded: Link[]
    known: number
    /** Rows of the links file that are no succession. */
    skipped: number
    /** Rows of the links file with an end that is not in the register. */
    unknown: number
  }
}

/** Which files are taken: a list of schools and, with it or not, GIAS's links. Paths. */
export interface RegisterFiles {
  file: string
  links: string | null
}

/** What the operator asks for. */
export interface ImportRequest extends RegisterFiles {
  dryRun: boolean
}

/** A list of schools as read from its files, nothing compared yet. */
export interface RegisterLists {
  list: RegisterFile
  links: LinksFile | null
}

/** Reads a list and its links. Throws Refusal `register-columns`, `links-columns` or `register-empty`, and the system's error. */
export async function readRegister({ file, links }: RegisterFiles): Promise<RegisterLists> {
  const list = await readRegisterFile(file)
  if (list.rows.size === 0)
    throw new Refusal('unacceptable', 'register-empty', { params: { rows: list.read, bad: list.badRows } })
  return { list, links: links === null ? null : await readLinksFile(links) }
}

/** What an import of these lists would do. */
export async function compareRegister(
  querying: Querying,
  { list, links }: RegisterLists,
): Promise<ImportReport> {
  return (await plan(querying, list, links)).report(true)
}

/** Brings the register to what these lists say, in the caller's transaction. */
export async function takeRegister(tx: Tx, { list, links }: RegisterLists): Promise<ImportReport> {
  await lockRegister(tx)
  const { writes, known, report } = await plan(tx, list, links)
  const answer = report(false)
  const now = new Map([...known, ...writes.map((one) => [one.code, one] as const)])
  await saveOrganisations(tx, writes, now)
  await saveLinks(tx, answer.links.recorded)
  await markLoaded(tx, answer.loaded)
  return answer
}

/**
 * Brings the register to what a list of schools says, as the operator, in one transaction with its audit row; a dry run
 * only compares. What was corrected by hand is kept, what vanished from the list is reported and left. Throws as
 * `readRegister`.
 */
export async function importRegister(
  world: Pick<World, 'db' | 'audit' | 'clock'>,
  { dryRun, ...files }: ImportRequest,
): Promise<ImportReport> {
  const lists = await readRegister(files)
  if (dryRun) return compareRegister(world.db, lists)
  return operate(world, 'establishments.import', basename(files.file), (tx) => takeRegister(tx, lists))
}

interface Plan {
  known: Map<string, Organisation>
  writes: Organisation[]
  report: (dryRun: boolean) => ImportReport
}

async function plan(querying: Querying, list: RegisterFile, linksFile: LinksFile | null): Promise<Plan> {
  const known = await readOrganisations(querying)
  const found = differences(known, list.rows, coverage(list))
  const { writes, links: renumberings, ...shown } = found
  const after = new Map([...known, ...writes.map((one) => [one.code, one] as const)])
  const resolved = resolveLinks(
    linksFile?.links ?? [],
    urnIndex(known, list),
    (code) => after.get(code)?.status === 'closed',
  )
  const before = new Map((await readLinks(querying)).map((link) => [`${link.from} ${link.to}`, link]))
  const links = [...renumberings, ...resolved.links]
  const recorded = links.filter((link) => !sameLink(link, before.get(`${link.from} ${link.to}`)))
  const had = new Set([...known.values()].filter((one) => one.kind === 'school').map((one) => one.la))
  const loaded = [...new Set([...list.rows.keys()].map((code) => code.slice(0, 3)))]
    .filter((la) => !had.has(la))
    .sort()
  const { rows, urns: _, ...file } = list
  return {
    known,
    writes,
    report: (dryRun) => ({
      dryRun,
      file: { ...file, taken: rows.size },
      loaded,
      ...shown,
      links: {
        recorded,
        known: links.length - recorded.length,
        skipped: linksFile?.skipped ?? 0,
        unknown: resolved.unknown,
      },
    }),
  }
}

function sameLink(link: Link, other: Link | undefined): boolean {
  return other !== undefined && link.type === other.type && link.date === other.date
}

function urnIndex(
  known: ReadonlyMap<string, Organisation>,
  list: RegisterFile,
): (urn: string) => string | undefined {
  const codes = new Map(
    [...known.values()].filter((one) => one.urn !== null).map((one) => [one.urn!, one.code]),
  )
  return (urn) => list.urns.get(urn) ?? codes.get(urn)
}

/**
 * A list covers the LAs that it has schools of; a Welsh list, which comes in sheets, only the sectors it has. What GIAS
 * has of Wales is not whole.
 */
function coverage(list: RegisterFile): (school: Organisation) => boolean {
  const las = new Set([...list.rows.keys()].map((code) => code.slice(0, 3)))
  const sectors = new Set([...list.rows.values()].map((row) => row.fields.sector ?? row.whenNew.sector))
  return (school) =>
    las.has(school.la) &&
    (list.format === 'gias' ? nationOf(school.code) === 'england' : sectors.has(school.sector))
}
