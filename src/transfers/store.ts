import { sql, type Querying, type Tx } from '../kit/database.ts'
import type { CtfPupil } from '../ctf/index.ts'
import type { FileFinding } from './file-answer.ts'
import type { FileKind } from '../ctf/file-name.ts'
import type { FileStatus } from './rules.ts'

/** A file as the database holds it. */
export interface FileRow {
  id: string
  name: string
  kind: FileKind
  source: string
  destination: string
  sender: string
  status: FileStatus
  body: string
  sha256: string
  /** Bytes of the file as sent. */
  size: number
  pupils: number
  findings: FileFinding[]
  uploadedAt: Date
  changedAt: Date
  fetchStartedAt: Date | null
  fetchedAt: Date | null
  /** When somebody said that what was fetched did not arrive correctly; null again once it is fetched again. */
  notReceivedAt: Date | null
  confirmedAt: Date | null
  reason: string | null
  original: string | null
  readdressedAs: string | null
}

/** A line of a file's history. */
export interface EventRow {
  at: Date
  event: string
  organisation: string
  detail: string | null
}

/** What is stored of a new file; its body is a row of the strongroom. */
export interface NewFile {
  id: string
  name: string
  kind: FileKind
  source: string
  destination: string
  sender: string
  uploadedBy: string
  status: 'awaiting' | 'lost'
  body: { id: string; ciphertext: Buffer; wrapped_key: Buffer; key_id: string; sha256: string; size: number }
  pupils: readonly CtfPupil[]
  findings: readonly FileFinding[]
  at: Date
  original: string | null
}

/** The columns of a FileRow. */
export const FILE = sql`
  id, name, kind, source, destination, sender, status, body, sha256, size, pupils, findings,
  uploaded_at as "uploadedAt", changed_at as "changedAt", fetch_started_at as "fetchStartedAt",
  fetched_at as "fetchedAt", not_received_at as "notReceivedAt", confirmed_at as "confirmedAt", reason, original, readdressed_as as "readdressedAs"`

/**
 * Inserts a file with its body, pupils and first event in one statement; null when its name is taken, and then
 * nothing is written. Two uploads of one name at once: the second waits for the first and is told so.
 */
export async function insertFile(tx: Tx, file: NewFile): Promise<FileRow | null> {
  const { body } = file
  const pupils = file.pupils.map((pupil) => ({
    index: pupil.index,
    upn: pupil.upn,
    former_upn: pupil.formerUpn,
    uln: pupil.uln,
    surname: pupil.surname,
    forename: pupil.forename,
    middle_names: pupil.middleNames,
    former_surname: pupil.formerSurname,
    dob: pupil.dob,
    sex: pupil.sex,
    postcode: pupil.postcode,
    town: pupil.town,
  }))
  const { rows } = await sql<FileRow>`
    with new_file as (
      insert into transfers.file
        (id, name, held_name, kind, source, destination, sender, uploaded_by, status, body, sha256, size, pupils,
         findings, uploaded_at, changed_at, original)
      values (${file.id}, ${file.name}, ${file.name}, ${file.kind}, ${file.source}, ${file.destination}, ${file.sender},
         ${file.uploadedBy}, ${file.status}, ${body.id}, ${body.sha256}, ${body.size}, ${pupils.length},
         ${JSON.stringify(file.findings)}, ${file.at}, ${file.at}, ${file.original})
      on conflict (held_name) do nothing
      returning *
    ), new_body as (
      insert into kit.body (id, ciphertext, wrapped_key, key_id, sha256, size)
      select ${body.id}, ${body.ciphertext}::bytea, ${body.wrapped_key}::bytea, ${body.key_id}, ${body.sha256},
         ${body.size}::integer
      from new_file
    ), new_pupils as (
      insert into transfers.pupil
        (file, index, upn, former_upn, uln, surname, forename, middle_names, former_surname, dob, sex, postcode, town)
      select new_file.id, p.*
      from new_file, jsonb_to_recordset(${JSON.stringify(pupils)}::jsonb) as p
        (index integer, upn text, former_upn text, uln text, surname text, forename text, middle_names text,
         former_surname text, dob date, sex text, postcode text, town text)
    ), new_event as (
      insert into transfers.event (file, at, event, organisation)
      select id, ${file.at}::timestamptz, 'uploaded', ${file.sender} from new_file
    )
    select ${FILE} from new_file`.execute(tx)
  return rows[0] ?? null
}

/** The file that holds a name now, locked until the transaction ends; null when the name is free. */
export async function holderOfName(tx: Tx, name: string): Promise<FileRow | null> {
  const { rows } = await sql<FileRow>`
    select ${FILE} from transfers.file where held_name = ${name} for update`.execute(tx)
  return rows[0] ?? null
}

/** What holds a name now, only looked at; null when nothing does. */
export async function stateOfName(
  querying: Querying,
  name: string,
): Promise<Pick<FileRow, 'status' | 'confirmedAt'> | null> {
  const { rows } = await sql<Pick<FileRow, 'status' | 'confirmedAt'>>`
    select status, confirmed_at as "confirmedAt" from transfers.file where held_name = ${name}`.execute(
    querying,
  )
  return rows[0] ?? null
}

/** Frees the name of a file for another. */
export async function releaseName(tx: Tx, id: string): Promise<void> {
  await sql`update transfers.file set held_name = null where id = ${id}`.execute(tx)
}

/** Names that are taken from one organisation to another, so that a readdressed file gets a free one. */
export async function namesInUse(querying: Querying, source: string, destination: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select held_name as name from transfers.file
    where source = ${source} and destination = ${destination} and held_name is not null`.execute(querying)
  return rows.map(({ name }) => name)
}

/** One file; null when there is none. */
export async function findFile(querying: Querying, id: string): Promise<FileRow | null> {
  const { rows } = await sql<FileRow>`select ${FILE} from transfers.file where id = ${id}`.execute(querying)
  return rows[0] ?? null
}

/** A file's history, oldest first. */
export async function historyOf(querying: Querying, id: string): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select at, event, organisation, detail from transfers.event where file = ${id} order by n`.execute(
    querying,
  )
  return rows
}

/** Adds a line to a file's history. */
export async function addEvent(
  tx: Tx,
  file: string,
  { at, event, organisation, detail }: Omit<EventRow, 'detail'> & { detail?: string },
): Promise<void> {
  await sql`
    insert into transfers.event (file, at, event, organisation, detail)
    values (${file}, ${at}, ${event}, ${organisation}, ${detail ?? null})`.execute(tx)
}

/** Notes that the destination began to fetch an awaiting file; false when it no longer awaits. */
export async function noteFetchStarted(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update transfers.file
    set fetch_started_at = case when fetched_at is null then ${at}::timestamptz else fetch_started_at end
    where id = ${id} and status = 'awaiting'`.execute(tx)
  return numAffectedRows === 1n
}

/** Notes that the file's content was sent whole to the destination; true the first time, and after it did not arrive. */
export async function noteFetched(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update transfers.file
    set fetched_at = coalesce(fetched_at, ${at}), not_received_at = null, changed_at = ${at}
    where id = ${id} and status = 'awaiting' and (fetched_at is null or not_received_at is not null)`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

/** awaiting → downloaded, if its content was fetched; false when another was first or it is not awaiting. */
export async function confirmFile(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update transfers.file
    set status = 'downloaded', confirmed_at = ${at}, changed_at = ${at}, fetched_at = coalesce(fetched_at, ${at})
    where id = ${id} and status = 'awaiting' and fetch_started_at is not null`.execute(tx)
  return numAffectedRows === 1n
}

/** awaiting or downloaded → rejected; its name is free again. False when the status has changed meanwhile. */
export async function rejectFile(
  tx: Tx,
  id: string,
  from: FileStatus,
  reason: string,
  at: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update transfers.file
    set status = 'rejected', reason = ${reason}, changed_at = ${at}, held_name = null
    where id = ${id} and status = ${from}`.execute(tx)
  return numAffectedRows === 1n
}

/** awaiting or lost → removed, unless its fetching has begun since it was read; its name is free again. */
export async function removeFile(tx: Tx, file: FileRow, reason: string | null, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update transfers.file
    set status = 'removed', reason = ${reason}, changed_at = ${at}, held_name = null
    where id = ${file.id} and status = ${file.status} and fetched_at is null
      and fetch_started_at is not distinct from ${file.fetchStartedAt}`.execute(tx)
  return numAffectedRows === 1n
}

/** Links a rejected file to its readdressed copy; false when that was done already. */
export async function linkReaddressed(tx: Tx, id: string, copy: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update transfers.file set readdressed_as = ${copy}
    where id = ${id} and status = 'rejected' and readdressed_as is null`.execute(tx)
  return numAffectedRows === 1n
}
