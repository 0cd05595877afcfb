import { fileNameOf } from '../../ctf/index.ts'
import { problemOf } from '../../kit/problem.ts'
import { Refusal } from '../../kit/refusal.ts'
import { mayEver } from '../../permissions/decide.ts'
import { isFromScript } from '../../permissions/front.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import { checkName } from '../check-name.ts'
import { FileRefusal } from '../file-answer.ts'
import { mayUse } from './file-offers.ts'
import { listPupils } from '../list-pupils.ts'
import { offerUpload } from '../offer-upload.ts'
import { proposalsFor, type Proposal } from './proposals.ts'
import { shownEnds } from './shown-ends.ts'
import { shownFindings, type ShownFindings } from './shown-findings.ts'
import type { FileRow } from '../store.ts'
import { uploadFile } from '../upload-file.ts'
import { uploadWords } from './upload-words.ts'

/** The John Frost School and Cardiff High School, for an example of a name. */
const EXAMPLES = ['6804020', '6814039'] as const

/** These are not about the file: the page of refusals says them, and the script by its own words. */
const NOT_OF_THE_FILE = ['form-stale', 'foreign-form', 'too-busy']

/** What the establishment finder helps with. */
const NEEDS_A_SCHOOL = ['destination-unknown', 'destination-closed', 'name-destination', 'ctf-207']

/** What the page for sending files shows before anything is sent. */
async function formOf({ world, visit, language, words }: PageExchange): Promise<object> {
  const { code: source } = visit.organisation
  const destination = EXAMPLES.find((code) => code !== source)!
  const name = fileNameOf({ type: 'CTF', source, destination, serial: '001' })
  return {
    example: { name, ...(await shownEnds(world.db, { source, destination, sender: source }, language)) },
    mayDeposit: mayEver(visit.actor, 'deposit-in-lpd'),
    mib: world.config.ctfMaxMib,
    who: `${visit.actor.id} ${source}`,
    scriptWords: uploadWords(words),
  }
}

/** A file that was accepted, as the page says it. */
async function receiptOf(
  file: FileRow,
  again: boolean,
  { world, visit, language, words }: PageExchange,
): Promise<object> {
  const isOfContent = ({ rule }: { rule: string }): boolean => rule.startsWith('ctf-')
  return {
    file,
    again,
    ends: await shownEnds(world.db, file, language),
    mayOpen: mayUse(visit.actor, listPupils, file, { id: file.id }),
    notices: shownFindings(
      file.findings.filter((finding) => !isOfContent(finding)),
      words,
    ),
    content: shownFindings(file.findings.filter(isOfContent), words),
  }
}

/** A file or a name that was refused, as the page says it: what is wrong, what to do, and the right name. */
interface ShownRefusal {
  name: string
  title: string
  detail: string
  proposals: readonly Proposal[]
  findings: ShownFindings | null
  /** The establishment finder would help. */
  mayFind: boolean
}

async function refusalOf(
  refusal: Refusal,
  name: string,
  exchange: PageExchange,
  header: unknown = null,
): Promise<ShownRefusal> {
  const { world, language, words } = exchange
  const { title, detail } = problemOf(refusal, language)
  const proposals = await proposalsFor(world.db, refusal, { name, header }, language)
  const found = refusal instanceof FileRefusal ? refusal.found : []
  // said by the button or the field that takes the proposed name
  const told = found.filter(({ rule }) => rule !== 'name-suggested')
  return {
    name,
    title,
    detail,
    proposals,
    findings: told.length > 0 ? shownFindings(told, words) : null,
    mayFind: found.some(({ rule }) => NEEDS_A_SCHOOL.includes(rule)),
  }
}

function nameOf({ name }: Record<string, unknown>): string {
  return typeof name === 'string' ? name : ''
}

/** A browser without scripts sends the form without a file too. */
function saidOfForm(refusal: Refusal, name: string): Refusal {
  return refusal.code === 'input' && name === '' ? new Refusal('malformed', 'no-file') : refusal
}

async function refusedUpload(
  given: Refusal,
  exchange: PageExchange,
  typed: Record<string, unknown>,
): Promise<Shown | null> {
  if (NOT_OF_THE_FILE.includes(given.code)) return null
  const name = nameOf(typed)
  const refusal = saidOfForm(given, name)
  const refused = await refusalOf(refusal, name, exchange)
  const { status } = refusal
  if (isFromScript(exchange.request)) {
    return { fragment: 'transfers/views/upload-refused.njk', status, data: { refused, script: true } }
  }
  const isOfFile = name !== ''
  const errors = [{ href: isOfFile ? '#answer' : '#file', text: refused.title }]
  return {
    view: 'transfers/views/upload.njk',
    status,
    data: { ...(await formOf(exchange)), refused, isOfFile, errors },
  }
}

/** The page for sending files. */
export const uploadPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/upload',
    action: offerUpload,
    show: async (_answer, exchange) => ({ view: 'transfers/views/upload.njk', data: await formOf(exchange) }),
  }),
  page({
    method: 'GET',
    path: '/upload/name',
    action: checkName,
    query: ['name', 'header'],
    async show({ name, sender, warnings, next }, { world, language, words }) {
      const ends = await shownEnds(world.db, { ...name, sender }, language)
      // the others are told when the file is sent
      const notices = warnings.filter(({ rule }) => rule.startsWith('nobody-there'))
      const data = { name, ends, next, notices: shownFindings(notices, words) }
      return { fragment: 'transfers/views/upload-name.njk', data }
    },
    async refused(refusal, exchange, typed) {
      if (NOT_OF_THE_FILE.includes(refusal.code)) return null
      const refused = await refusalOf(refusal, nameOf(typed), exchange, typed['header'])
      const data = { refused, script: true, unsent: true }
      return { fragment: 'transfers/views/upload-refused.njk', status: refusal.status, data }
    },
  }),
  page({
    method: 'POST',
    path: '/upload',
    action: uploadFile,
    file: true,
    async show({ file, again }, exchange) {
      const receipt = await receiptOf(file, again, exchange)
      const status = again ? 200 : 201
      if (isFromScript(exchange.request))
        return { fragment: 'transfers/views/_receipt.njk', status, data: { receipt } }
      const data = { ...(await formOf(exchange)), receipt }
      return { view: 'transfers/views/upload.njk', status, data }
    },
    refused: refusedUpload,
  }),
]
