import { establishmentName, findEstablishments } from '../../establishments/index.ts'
import { dateInWords } from '../../kit/pages/dates.ts'
import { perform } from '../../permissions/perform.ts'
import type { PageExchange } from '../../permissions/page.ts'
import { mayUse, offersOf } from './file-offers.ts'
import { listPupils } from '../list-pupils.ts'
import { fetchableUntil, stateOf } from '../rules.ts'
import { showFile } from '../show-file.ts'
import { shownEnds } from './shown-ends.ts'
import { shownFindings } from './shown-findings.ts'
import { findFile, type EventRow, type FileRow } from '../store.ts'

/** Everything that the page of a file shows to whoever may see the file. */
export async function fileView(
  { file, history }: { file: FileRow; history: readonly EventRow[] },
  exchange: PageExchange,
): Promise<object> {
  const { world, visit, language, words } = exchange
  const { redownloadDays } = world.config
  const now = world.clock.now()
  const offers = offersOf(file, visit.actor, now, redownloadDays)
  const pupils = offers.pupils ? await perform(world, visit.actor, listPupils, { id: file.id }) : null
  const until = fetchableUntil(file, offers.as, redownloadDays)
  const state = stateOf(file, offers.as, now, redownloadDays)
  // what was found may name a pupil by the UPN
  const findings = file.findings.filter((finding) => pupils || !finding.pupil)
  return {
    file,
    offers,
    pupils,
    state,
    // it was downloaded, and did not arrive
    said: state === 'awaiting' && file.fetchedAt ? 'again' : state,
    until: until instanceof Date ? dateInWords(until, language) : '',
    ends: await shownEnds(world.db, file, language),
    findings: findings.length > 0 ? shownFindings(findings, words) : null,
    history: await namedHistory(history, exchange),
    original: await linkedFile(file.original, exchange),
    copy: await linkedFile(file.readdressedAs, exchange),
  }
}

/** A line of history as the page says it. */
interface ShownEvent {
  at: Date
  event: string
  who: string
  /** Where a readdressed file went to; from which closed school one was taken over. */
  to: string
}

async function namedHistory(
  history: readonly EventRow[],
  { world, language }: PageExchange,
): Promise<ShownEvent[]> {
  const toOf = ({ event, detail }: EventRow): string =>
    event === 'readdressed' || event === 'takenOver' ? (detail ?? '') : ''
  const codes = history.flatMap((line) => [line.organisation, toOf(line)])
  const found = await findEstablishments(world.db, [...new Set(codes)])
  const nameOf = (code: string): string => {
    const one = found.get(code)
    return one ? establishmentName(one, language) : code
  }
  return history.map((line) => {
    const { at, event, organisation } = line
    return { at, event, who: nameOf(organisation), to: nameOf(toOf(line)) }
  })
}

/** A file that this one leads to, if whoever looks may see that too: where a file went on to is its sender's to know. */
async function linkedFile(
  id: string | null,
  { world, visit }: PageExchange,
): Promise<{ id: string; name: string } | null> {
  const file = id === null ? null : await findFile(world.db, id)
  return file && mayUse(visit.actor, showFile, file, { id: file.id })
    ? { id: file.id, name: file.name }
    : null
}
