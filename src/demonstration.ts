import { Readable } from 'node:stream'
import { createPerson, invite, newPersonId, redeemInvitation } from './accounts/index.ts'
import { sampleCtf } from './ctf/index.ts'
import {
  DEMONSTRATION_ACCOUNTS,
  DEMONSTRATION_ADDRESSES,
  STORIES,
  type DemonstrationAccount,
  type Fate,
  type Story,
} from './demonstration-cast.ts'
import { findEstablishments, setOrganisation } from './establishments/index.ts'
import type { Tx } from './kit/database.ts'
import { markDemonstration } from './kit/demonstration.ts'
import type { Actor } from './permissions/decide.ts'
import { perform } from './permissions/perform.ts'
import type { Role } from './permissions/table.ts'
import { setPassword } from './secure-access/index.ts'
import {
  confirmFile,
  fetchFile,
  readdressFile,
  recallFile,
  recordFetched,
  rejectFile,
  uploadFile,
} from './transfers/index.ts'
import type { World } from './world.ts'

const DAY = 24 * 60 * 60 * 1000
const HOUR = DAY / 24

/**
 * Loads the demonstration: schools with addresses, people who can sign in, and some weeks of files, each brought to its
 * state by the very actions of the service.
 */
export async function loadDemonstration(world: World): Promise<void> {
  for (const [code, email] of Object.entries(DEMONSTRATION_ADDRESSES))
    await setOrganisation(world, code, { email })
  const now = world.clock.now()
  // in one: where the mark stands, the accounts that are printed at every start are there
  await world.db.transaction().execute(async (tx) => {
    await markDemonstration(tx, now)
    for (const account of DEMONSTRATION_ACCOUNTS) await addPerson(world, tx, account, now)
  })
  const codes = [...new Set(STORIES.map(({ from }) => from))]
  const schools = await findEstablishments(world.db, codes)
  const told = STORIES.map((story, index) => ({ ...story, index })).sort((a, b) => b.daysAgo - a.daysAgo)
  for (const story of told) await tell(world, story, schools.get(story.from)!.nameEn)
}

async function addPerson(
  world: World,
  tx: Tx,
  { password, mustChange = false, role, approver = false, ...account }: DemonstrationAccount,
  now: Date,
): Promise<void> {
  const id = newPersonId()
  const email = `${account.username}@people.example.org`
  const given = role === 'approver' ? { role: null, approver: true } : { role, approver }
  await createPerson(tx, { ...account, ...given, id, email }, now, world.config)
  const { token } = await invite(tx, id, now)
  await redeemInvitation(tx, token, now)
  await setPassword(tx, id, password, { mustChange }, now)
}

/** Sends a story's file on its day, and lets its destination do with it what the story says. */
async function tell(world: World, story: Story & { index: number }, sourceName: string): Promise<void> {
  const { from, to, pupils, daysAgo, fate, sentBy = from, index } = story
  const sent = momentOf(world, daysAgo, index)
  const serial = String(index + 1).padStart(3, '0')
  const seed = 4000 + index
  const today = sent.toISOString().slice(0, 10)
  const ctf = sampleCtf({ pupils, seed, source: from, destination: to, sourceName, today, serial })
  const upload = {
    name: ctf.name,
    body: { stream: Readable.from([ctf.bytes]), mediaType: 'application/xml', length: ctf.bytes.length },
  }
  const { file } = await perform(worldAt(world, sent), somebodyOf(sentBy), uploadFile, upload)
  await meetFate(world, file.id, story, fate, sent)
}

async function meetFate(
  world: World,
  id: string,
  { from, to, sentBy = from }: Story,
  fate: Fate,
  sent: Date,
): Promise<void> {
  const later = (hours: number): World => worldAt(world, new Date(sent.getTime() + hours * HOUR))
  const sender = somebodyOf(sentBy)
  const receiver = somebodyOf(to)
  if (fate === 'recalled') {
    const reason = 'Sent to the wrong school by mistake.'
    await perform(later(2), sender, recallFile, { id, reason })
  }
  if (fate === 'fetched' || fate === 'collected') {
    await perform(later(3), receiver, fetchFile, { id })
    await perform(later(3), receiver, recordFetched, { id })
  }
  if (fate === 'collected') await perform(later(4), receiver, confirmFile, { id })
  if (typeof fate === 'object') {
    await perform(later(5), receiver, rejectFile, { id, reason: fate.rejected })
    if (fate.sentOnTo) await perform(later(6), sender, readdressFile, { id, to: fate.sentOnTo })
  }
}

/** A moment of school hours so many days ago, different for each file. */
function momentOf(world: World, daysAgo: number, index: number): Date {
  const day = new Date(world.clock.now().getTime() - daysAgo * DAY)
  day.setUTCHours(8 + (index % 6), (index * 17) % 60, (index * 7) % 60, 0)
  return day
}

/** The world as it was at a moment. */
function worldAt(world: World, at: Date): World {
  return { ...world, clock: { now: () => at } }
}

/** Somebody at an organisation: its account of the demonstration, or an invented clerk who never signs in. */
function somebodyOf(organisation: string): Actor {
  const role: Role = organisation.endsWith('LLLL') ? 'lea-school' : 'school-user'
  return {
    kind: 'service',
    id: 'demonstration',
    name: 'Demonstration',
    organisation,
    roles: [role],
    address: null,
  }
}
