import { z } from 'zod'
import type { Tx } from '../kit/database.ts'
import { inBoth } from '../kit/i18n.ts'
import { dateTimeInWords } from '../kit/pages/dates.ts'
import { Refusal } from '../kit/refusal.ts'
import { action, type Running } from '../permissions/action.ts'
import { decide, type Actor } from '../permissions/decide.ts'
import type { World } from '../world.ts'
import { tellAsker, tellKeepers, tellOthers } from './announce.ts'
import { possibleRoles, rolesInput, textInput } from './ask.ts'
import { grant } from './grant.ts'
import { answersAs, nextStage, roomForAnswer, standsAt, TEXT_MAX } from './rules.ts'
import {
  endRequest,
  findRequest,
  keepersOf,
  listEvents,
  moveRequest,
  type EventKind,
  type RequestEvent,
  type RequestRow,
} from './store.ts'
import { requestedName } from './wordings.ts'

/** Which request is meant. */
export const requestInput = z.strictObject({ id: z.string().min(1).max(64) })

/** Finds a request for somebody whom it was put to; what lies within reach and has not come so far is none. */
export async function findPutTo({
  world,
  actor,
  input: { id },
}: {
  world: Pick<World, 'db'>
  actor: Actor
  input: { id: string }
}): Promise<RequestRow | null> {
  const found = /^[\w-]+$/.test(id) ? await findRequest(world.db, id) : null
  if (!found) return null
  const isInReach = decide(actor, 'answer-requests', [found.organisation]).allowed
  return isInReach && answersAs(actor, found) === null ? null : found
}

const ofAccess = async (asked: Parameters<typeof findPutTo>[0]): Promise<RequestRow | null> => {
  const found = await findPutTo(asked)
  return found?.kind === 'help' ? null : found
}

const ofHelp = async (asked: Parameters<typeof findPutTo>[0]): Promise<RequestRow | null> => {
  const found = await findPutTo(asked)
  return found?.kind === 'help' ? found : null
}

const business = ({ organisation }: RequestRow): string[] => [organisation]
const reason = textInput(TEXT_MAX.reason)

/** A request as somebody sees it whom it was put to. */
export interface ShownRequest {
  request: RequestRow
  history: RequestEvent[]
}

/** A request with its history. */
export const showRequest = action({
  name: 'requests.show',
  permission: 'answer-requests',
  input: requestInput,
  audited: 'refusals',
  find: findPutTo,
  business,
  run: async ({ tx, subject }): Promise<ShownRequest> => ({
    request: subject,
    history: await listEvents(tx, subject.id),
  }),
  auditSubject: ({ id }) => id,
})

/** What whoever answers may give for a request. */
export async function answerableRoles(tx: Tx, actor: Actor, request: RequestRow): Promise<string[]> {
  const possible = await possibleRoles(tx, request.organisation, request.system)
  return roomForAnswer(answersAs(actor, request)!, request, possible)
}

/** What can be given: the form of an approval. */
export const offerApproval = action({
  name: 'requests.offer-approval',
  permission: 'answer-requests',
  asksAgain: true,
  input: requestInput,
  audited: 'refusals',
  find: ofAccess,
  business,
  async run({ tx, actor, subject }) {
    refuseOwn(actor, subject)
    refuseEnded(subject)
    return { request: subject, roles: await answerableRoles(tx, actor, subject) }
  },
  auditSubject: ({ id }) => id,
})

/** Gives what was asked for, or what it was amended to. */
export const approveRequest = action({
  name: 'requests.approve',
  permission: 'answer-requests',
  asksAgain: true,
  input: requestInput.extend({ role: rolesInput }),
  find: ofAccess,
  business,
  async run(running) {
    const { tx, actor, input, subject, now } = running
    const roles = [...new Set(input.role)]
    if (roles.length === 0 && subject.kind === 'access')
      throw new Refusal('unacceptable', 'request-roles-none')
    const may = await answerableRoles(tx, actor, subject)
    await end(running, { state: 'approved', what: 'approved', granted: roles })
    if (roles.some((role) => !may.includes(role))) throw new Refusal('unacceptable', 'request-role-answer')
    await grant(tx, subject, { roles, by: actor, at: now })
    const what = await requestedName(tx, subject, roles)
    const template = subject.kind === 'join' ? 'request-joined' : 'request-approved'
    await tellAsker(running.world, tx, subject, { template, params: { what } })
    return { id: subject.id }
  },
  auditSubject: ({ id }) => id,
})

/** Says no, and why. */
export const declineRequest = action({
  name: 'requests.decline',
  permission: 'answer-requests',
  input: requestInput.extend({ answer: reason.describe('Why; told to whoever asked') }),
  find: ofAccess,
  business,
  async run(running) {
    const { world, tx, input, subject } = running
    await end(running, { state: 'declined', what: 'declined', answer: input.answer })
    const what = await requestedName(tx, subject, subject.roles)
    const params = { what, reason: input.answer }
    await tellAsker(world, tx, subject, { template: `request-${subject.kind}-declined`, params })
    return { id: subject.id }
  },
  auditSubject: ({ id }) => id,
})

/** Answers a request for help in words, which are mailed. */
export const answerHelp = action({
  name: 'requests.answer-help',
  permission: 'answer-requests',
  input: requestInput.extend({ answer: textInput(TEXT_MAX.details).describe('Mailed to whoever asked') }),
  find: ofHelp,
  business,
  async run(running) {
    const { world, tx, input, subject } = running
    await end(running, { state: 'answered', what: 'answered', answer: input.answer })
    const params = { answer: input.answer }
    await tellAsker(world, tx, subject, { template: 'request-help-answered', params })
    return { id: subject.id }
  },
  auditSubject: ({ id }) => id,
})

/** Marks a request for help as done, such as by telephone. */
export const markDone = action({
  name: 'requests.mark-done',
  permission: 'answer-requests',
  input: requestInput,
  find: ofHelp,
  business,
  async run(running) {
    await end(running, { state: 'answered', what: 'done' })
    return { id: running.subject.id }
  },
  auditSubject: ({ id }) => id,
})

/** Puts a request to whoever stands above. */
export const handUpRequest = action({
  name: 'requests.hand-up',
  permission: 'answer-requests',
  input: requestInput,
  find: findPutTo,
  business,
  async run({ world, tx, actor, subject, now }) {
    const { id, organisation, stage, person } = subject
    refuseOwn(actor, subject)
    refuseEnded(subject)
    if (stage === 'national') throw new Refusal('conflict', 'request-highest')
    if (!standsAt(actor, stage, organisation)) throw new Refusal('conflict', 'request-moved')
    const keepers = await keepersOf(tx, organisation)
    const to = nextStage(stage, organisation, keepers, person)
    const move = { from: stage, to, what: 'handed-up', at: now, by: actor.id } as const
    if (!(await moveRequest(tx, id, move))) throw await meanwhile(tx, id)
    const params = { by: actor.name }
    await tellKeepers(world, tx, { ...subject, stage: to }, keepers, {
      template: 'request-handed-up',
      params,
    })
    return { id }
  },
  auditSubject: ({ id }) => id,
})

type Answering = Pick<Running<unknown, RequestRow, undefined>, 'world' | 'tx' | 'actor' | 'subject' | 'now'>

/** Ends a request by an answer, the first of several, and tells the others whom it was put to. */
async function end(
  { world, tx, actor, subject, now }: Answering,
  answered: {
    state: 'approved' | 'declined' | 'answered'
    what: EventKind
    answer?: string
    granted?: readonly string[]
  },
): Promise<void> {
  refuseOwn(actor, subject)
  if (!(await endRequest(tx, subject.id, { ...answered, at: now, by: actor.id })))
    throw await meanwhile(tx, subject.id)
  await tellOthers(world, tx, subject, await keepersOf(tx, subject.organisation), actor)
}

/** Nobody answers what they asked themselves. */
function refuseOwn(actor: Actor, { person }: RequestRow): void {
  if (actor.id === person) throw new Refusal('conflict', 'request-own')
}

function refuseEnded(request: RequestRow): void {
  if (request.state !== 'open') throw endedAlready(request)
}

/** Why a request could not be changed: somebody was first. */
async function meanwhile(tx: Tx, id: string): Promise<Refusal> {
  const request = (await findRequest(tx, id))!
  return request.state === 'open' ? new Refusal('conflict', 'request-moved') : endedAlready(request)
}

function endedAlready({ endedByName, endedAt, state }: RequestRow): Refusal {
  const at = { en: dateTimeInWords(endedAt!, 'en'), cy: dateTimeInWords(endedAt!, 'cy') }
  if (endedByName === null || state === 'withdrawn') return new Refusal('conflict', 'request-ended')
  const params = { by: endedByName, at, how: inBoth(`pages.requests.states.${state}`) }
  return new Refusal('conflict', 'request-answered', { params })
}
