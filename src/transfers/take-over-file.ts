import { bothNames, findEstablishments, successorsOf, type Establishment } from '../establishments/index.ts'
import { action } from '../permissions/action.ts'
import { storeUntold } from './accept-file.ts'
import { announceChange } from './announce.ts'
import { addressCopy, checkCopy, storeCopy } from './copy-file.ts'
import { fileInput, findSubject, tooLate } from './file-party.ts'
import { takeoverProblem } from './rules.ts'
import { addEvent, type FileRow } from './store.ts'
import { forwardFile, linkForwarded } from './take-over-store.ts'

/** A file that was sent to a school which is closed now, and who follows that school. */
interface OfClosed {
  file: FileRow
  closed: Establishment
  followers: readonly Establishment[]
}

/**
 * A successor takes over a file that waits for a closed school: it is readdressed in name and header, a new file of the
 * same sender, and the first becomes `forwarded`. Whoever of several successors is first has it; so has the closed school
 * itself, whose people can collect what waits for it until then.
 */
export const takeOverFile = action({
  name: 'transfers.take-over',
  permission: 'collect-ctf',
  input: fileInput,
  async find({ world, input }): Promise<OfClosed | null> {
    const file = await findSubject({ world, input })
    if (!file) return null
    const closed = (await findEstablishments(world.db, [file.destination])).get(file.destination)
    if (closed?.status !== 'closed') return null
    return { file, closed, followers: await successorsOf(world.db, closed.code) }
  },
  business: ({ followers }) => followers.map(({ code }) => code),
  async prepare({ world, actor, subject: { file }, now }) {
    const problem = takeoverProblem(file, now)
    if (problem) tooLate(`takeover-${problem}`, file)
    const addressing = await addressCopy(world, file, actor.organisation, { organisation: file.sender })
    return { addressing, checked: await checkCopy(world, file, addressing, now) }
  },
  async run(running) {
    const { world, tx, actor, subject, prepared, now } = running
    const { file, closed, followers } = subject
    // first: of two at once the second waits here, and then sees that it comes too late
    if (!(await forwardFile(tx, file, now))) tooLate('changed-meanwhile', file)
    const copy = await storeCopy(running, prepared, file, storeUntold)
    await linkForwarded(tx, file.id, copy.id)
    const event = { at: now, event: 'takenOver', organisation: actor.organisation, detail: closed.code }
    for (const { id } of [file, copy]) await addEvent(tx, id, event)
    const follower = followers.find(({ code }) => code === actor.organisation)!
    await announceChange(world, tx, file, 'taken-over', { successor: bothNames(follower), copy: copy.name })
    return copy
  },
  auditSubject: ({ id }, answer) => answer?.id ?? id,
})
