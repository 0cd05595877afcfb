import { NAME_MAX, readPersonName } from '../accounts/rules.ts'
import { findEstablishments, schoolNumber, type Establishment } from '../establishments/index.ts'
import type { Tx } from '../kit/database.ts'
import { isMailAddress } from '../kit/mail/address.ts'
import { textInput } from './ask.ts'
import { findChoices, type Choices } from './choices.ts'
import { TEXT_MAX, TOPICS, type Topic } from './rules.ts'

/** The fields of the form, in their order on the page. `sought`: what the choices of `organisation` were found for. */
export const HELP_FIELDS = [
  'topic',
  'q',
  'organisation',
  'sought',
  'name',
  'username',
  'email',
  'details',
] as const

/** The form as it was typed. */
export type TypedHelp = Record<(typeof HELP_FIELDS)[number], string>

/** What of the form is wrong; the keys are those of its words. */
export type HelpProblem = 'topic' | 'q' | 'qNone' | 'organisation' | 'name' | 'username' | 'email' | 'details'

/** The form as it is kept. */
export interface ReadHelp {
  topic: Topic
  organisation: Establishment
  name: string
  username: string | null
  email: string
  details: string
}

/** A form as it was read: whole, or what is wrong with it and what the organisation may be. */
export type HelpReading = { read: ReadHelp } | { problems: HelpProblem[]; choices: Choices | null }

/** Topics of which nobody could guess what is meant without words. */
const WANTS_DETAILS: readonly Topic[] = ['details', 'other']

const details = textInput(TEXT_MAX.details)

/** Reads the form; the organisation is looked for in the register. Nothing is looked up about any person. */
export async function readHelp(tx: Tx, typed: TypedHelp): Promise<HelpReading> {
  const topic = TOPICS.find((one) => one === typed.topic)
  const { organisation, choices, problem } = await readOrganisation(tx, typed)
  const name = readPersonName(typed.name)
  const email = typed.email.trim()
  const username = typed.username.trim()
  const text = typed.details.trim()
  const mayLack = topic !== undefined && !WANTS_DETAILS.includes(topic)
  const isSaid = text === '' ? mayLack : details.safeParse(text).success
  const problems: (HelpProblem | false | null)[] = [
    topic === undefined && 'topic',
    problem,
    (name === null || isMisleading(name)) && 'name',
    !/^[^\s\p{C}]{0,40}$/u.test(username) && 'username',
    !isMailAddress(email) && 'email',
    !isSaid && 'details',
  ]
  const wrong = problems.filter((one) => typeof one === 'string')
  if (wrong.length > 0 || !topic || !organisation || name === null) return { problems: wrong, choices }
  const said = text === '' ? '' : details.parse(text)
  return { read: { topic, organisation, name, username: username || null, email, details: said } }
}

/** A name that an answer's greeting would carry to whatever address was typed beside it: no addresses, no signs of sale. */
function isMisleading(name: string): boolean {
  return name.length > NAME_MAX || !/^[\p{L}\p{M}'’. -]+$/u.test(name) || /\p{L}{2}\.\S/u.test(name)
}

interface ReadOrganisation {
  organisation: Establishment | null
  choices: Choices | null
  problem: 'q' | 'qNone' | 'organisation' | null
}

/** The organisation by its number, or as it was chosen from those found by name. */
async function readOrganisation(
  tx: Tx,
  { q: typed, organisation: chosen, sought }: TypedHelp,
): Promise<ReadOrganisation> {
  const q = typed.trim().slice(0, 200)
  if (q === '') return { organisation: null, choices: null, problem: 'q' }
  const code = chosen !== '' && q === sought.trim() ? chosen : (schoolNumber(q, null) ?? q.toUpperCase())
  const found = /^[0-9A-Z]{7}$/.test(code) ? (await findEstablishments(tx, [code])).get(code) : undefined
  if (found) return { organisation: found, choices: null, problem: null }
  const choices = await findChoices(tx, q)
  const problem = choices.items.length > 0 ? 'organisation' : 'qNone'
  return { organisation: null, choices, problem }
}
