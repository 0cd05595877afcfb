import { audienceOf, type Audience } from '../accounts/index.ts'
import { parseFileName, type FileName } from '../ctf/index.ts'
import {
  authorityOf,
  bothNames,
  findEstablishments,
  isLoadedAuthority,
  successorsOf,
  type Establishment,
} from '../establishments/index.ts'
import type { Database, Tx } from '../kit/database.ts'
import type { WordParams } from '../kit/i18n.ts'
import { newId } from '../kit/ids.ts'
import { Refusal } from '../kit/refusal.ts'
import type { SealedBody } from '../kit/strongroom.ts'
import type { Actor } from '../permissions/decide.ts'
import type { Permission } from '../permissions/table.ts'
import type { World } from '../world.ts'
import { addressesOf, announceUpload } from './announce.ts'
import { CheckTimeout } from './check-pool.ts'
import { FileRefusal, wholeFileFinding, type FileFinding } from './file-answer.ts'
import { destinationProblem, londonDate, nameIsTaken } from './rules.ts'
import { holderOfName, insertFile, releaseName, type FileRow } from './store.ts'

/** Who sends a file to whom, as its name says, found in the register. */
export interface Addressing {
  name: FileName
  source: Establishment
  /** Null for a file to the Lost Pupil Database. */
  destination: Establishment | null
  /** The organisation that uploads: the source, or the LA acting for it. */
  sender: Establishment
  /** The LA that looks after it: the destination's, or for the Lost Pupil Database the source's. */
  authority: Establishment | undefined
  /** The people of all of them. */
  audience: Audience
  /** What the sender is warned of: nobody there, nobody told, a browser's name. */
  warnings: FileFinding[]
}

/** A file read, checked and sealed, ready to be stored. */
export interface CheckedFile {
  bodyId: string
  sealed: SealedBody
  pupils: Awaited<ReturnType<World['checkPool']['check']>>['reading']['pupils']
  findings: FileFinding[]
}

/** A file that is refused: 422 with its findings. */
export function refusedFile(found: readonly FileFinding[], because: string): FileRefusal {
  return new FileRefusal('unacceptable', 'file-refused', { found, because })
}

function refusedWhole(rule: string, params: WordParams = {}): Refusal {
  return refusedFile([wholeFileFinding(rule, 'error', params)], rule)
}

/** Reads a file's name; throws the refusal that says what is wrong with it and which name would be right. */
export function readName(text: string): FileName {
  const parsed = parseFileName(text)
  if (!parsed.ok) {
    const findings = [wholeFileFinding(`name-${parsed.problem}`, 'error')]
    if (parsed.suggestion) {
      findings.push(wholeFileFinding('name-suggested', 'warning', { suggestion: parsed.suggestion }))
    }
    throw refusedFile(findings, `name-${parsed.problem}`)
  }
  const { kind, type } = parsed.name
  if (kind !== 'ctf' && kind !== 'transfer') throw refusedWhole('kind-not-taken', { type })
  return parsed.name
}

/** The row of the permission table for sending under a name: a deposit in the Lost Pupil Database is its own. */
export function permissionToSend(name: FileName): Permission {
  return name.lost ? 'deposit-in-lpd' : 'send-ctf'
}

/**
 * Finds source and destination in the register. Throws Refusal (422) where the destination is unknown, closed (its
 * successor is named), or will not collect.
 */
export async function findAddressing(
  { db }: World,
  name: FileName,
  actor: Pick<Actor, 'organisation'>,
): Promise<Addressing> {
  const code = name.destination
  const la = authorityOf(name.lost ? name.source : code)
  const codes = [name.source, code, la, actor.organisation]
  const [found, audience] = await Promise.all([findEstablishments(db, codes), audienceOf(db, codes)])
  const source = found.get(name.source)
  if (!source) throw refusedWhole('source-unknown', { code: name.source })
  const sender = found.get(actor.organisation)!
  const parties = { name, source, sender, authority: found.get(la), audience }
  const warnings: FileFinding[] = []
  if (name.browserCopy) warnings.push(wholeFileFinding('browser-copy', 'warning', { name: name.canonical }))
  if (name.lost) return { ...parties, destination: null, warnings }
  if (name.kind === 'ctf' && name.source === name.destination) throw refusedWhole('to-itself')
  const destination = found.get(code)
  const hasAnybody = audience.hasAnybody(code)
  const problem = destinationProblem({
    known: destination !== undefined,
    registerLoaded: destination !== undefined || (await isLoadedAuthority(db, code.slice(0, 3))),
    status: destination?.status ?? '',
    sector: destination?.sector ?? null,
    kind: destination?.kind ?? '',
    hasAnybody,
  })
  if (problem === 'destination-closed') throw await closedRefusal(db, destination!)
  if (problem) throw refusedWhole(problem, { code, la: code.slice(0, 3) })
  const warn = (rule: string): void => {
    warnings.push(wholeFileFinding(rule, 'warning', { name: bothNames(destination!) }))
  }
  const isTold = (one: Establishment | undefined): boolean =>
    addressesOf(one, audience, 'collect-ctf').length > 0
  // what the sender is told of the LA must be true: it is another than the destination, and somebody is told there
  const authorityIsTold = la !== code && isTold(parties.authority)
  if (!hasAnybody) warn(authorityIsTold ? 'nobody-there' : 'nobody-there-untold')
  if (!isTold(destination)) warn('nobody-told')
  return { ...parties, destination: destination!, warnings }
}

async function closedRefusal(db: Database, closed: Establishment): Promise<Refusal> {
  const [successor] = await successorsOf(db, closed.code)
  const params = { name: bothNames(closed), code: closed.code }
  if (!successor) return refusedWhole('destination-closed', params)
  const after = { successor: bothNames(successor), successorCode: successor.code }
  return refusedWhole('destination-closed-successor', { ...params, ...after })
}

/** Checks a file's bytes in a worker thread and seals them. Throws Refusal 415 or 422 with every finding. */
export async function checkFile(
  world: World,
  name: FileName,
  bytes: Uint8Array,
  now: Date,
): Promise<CheckedFile> {
  const bodyId = newId()
  const { reading, sealed } = await world.checkPool
    .check({ bytes, name, today: londonDate(now), bodyId })
    .catch((error: unknown) => {
      throw error instanceof CheckTimeout ? refusedWhole('too-complex') : error
    })
  const { findings } = reading
  if (reading.gate === 'encoding') {
    const because = findings[0]?.rule ?? 'encoding'
    throw new FileRefusal('unsupported', 'encoding', { found: findings, because })
  }
  if (!sealed) throw refusedFile(findings, findings.find((f) => f.severity === 'error')?.rule ?? 'content')
  return { bodyId, sealed, pupils: reading.pupils, findings }
}

/** What storing a file gave: the new one, or the one that holds the name with the same bytes. */
export interface Stored {
  file: FileRow
  again: boolean
}

/** What storing a file needs of an action under way. */
export interface Storing {
  world: World
  tx: Tx
  actor: Actor
  now: Date
}

/** A file that is to be stored: who sends it to whom, what was checked, and the file that it is a copy of. */
export interface ToStore {
  addressing: Addressing
  checked: CheckedFile
  /** Identifier; null for one that is no copy. */
  original: string | null
}

/** Stores a checked file and queues what is told of it, in the action's transaction; else as `storeUntold`. */
export async function storeFile(storing: Storing, toStore: ToStore): Promise<Stored> {
  const stored = await storeUntold(storing, toStore)
  const { id, name } = stored.file
  if (!stored.again) await announceUpload(storing.world, storing.tx, toStore.addressing, { id, name })
  return stored
}

/**
 * Stores a checked file, in the action's transaction. The same bytes under a name that is still taken give the first file
 * again; other bytes are refused (409).
 */
export async function storeUntold(
  { world, tx, actor, now }: Storing,
  { addressing, checked, original }: ToStore,
): Promise<Stored> {
  const { name, source, sender } = addressing
  const file = {
    id: newId(),
    name: name.canonical,
    kind: name.kind,
    source: source.code,
    destination: name.destination,
    sender: sender.code,
    uploadedBy: actor.id,
    status: name.lost ? ('lost' as const) : ('awaiting' as const),
    body: world.strongroom.row(checked.bodyId, checked.sealed),
    pupils: checked.pupils,
    findings: [...addressing.warnings, ...checked.findings],
    at: now,
    original,
  }
  let stored = await insertFile(tx, file)
  if (!stored) {
    const holder = await holderOfName(tx, file.name)
    if (holder && nameIsTaken(holder.status, holder.confirmedAt, now)) {
      if (holder.sha256 === checked.sealed.sha256) return { file: holder, again: true }
      throw new Refusal('conflict', 'name-taken', { params: { name: file.name } })
    }
    if (holder) await releaseName(tx, holder.id)
    stored = await insertFile(tx, file)
    if (!stored) throw new Refusal('conflict', 'name-taken', { params: { name: file.name } })
  }
  return { file: stored, again: false }
}
