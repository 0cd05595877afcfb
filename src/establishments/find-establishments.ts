import { z } from 'zod'
import { Refusal } from '../kit/refusal.ts'
import type { Tx } from '../kit/database.ts'
import { action } from '../permissions/action.ts'
import { route } from '../permissions/route.ts'
import { bothNames, schoolNumber, searchQuery } from './rules.ts'
import {
  authoritiesNamed,
  findEstablishments,
  isLoadedAuthority,
  searchOrganisations,
  successorsOfEach,
} from './store.ts'
import type { Found, Search } from './store.ts'

const PAGE = 100

/** What the finder is asked: words or a number, an LA by number or name, and where the page before ended. */
export const finderInput = z.strictObject({
  q: z.string().max(200).default(''),
  la: z.string().max(100).default(''),
  after: z.string().max(1000).optional(),
})

const item = z.object({
  code: z.string(),
  name: z.string(),
  nameCy: z.string().nullable(),
  kind: z.enum(['school', 'authority', 'department', 'supplier']),
  la: z.string(),
  laName: z.string().nullable(),
  laNameCy: z.string().nullable(),
  town: z.string().nullable(),
  postcode: z.string().nullable(),
  urn: z.string().nullable(),
  status: z.enum(['open', 'closed', 'proposed']),
  sector: z.enum(['maintained', 'independent', 'pru', 'other']).nullable(),
  successors: z.array(z.object({ code: z.string(), name: z.string() })),
})

const answer = z.object({ items: z.array(item), next: z.string().nullable() })

/** An organisation as the finder gives it. */
export type FoundEstablishment = z.infer<typeof item>

/** The establishment finder: organisations by number, URN, name, town, postcode and LA, the best first. */
export const findEstablishmentsAction = action({
  name: 'establishments.find',
  permission: 'find-a-school',
  input: finderInput,
  audited: 'refusals',
  find: () => Promise.resolve({}),
  business: () => [],
  run: ({ tx, input }) => findIn(tx, input),
  auditSubject: () => null,
})

/** A page of what is found, 100 at most. Throws Refusal where nothing is found since the schools of the LA are not loaded. */
export async function findIn(tx: Tx, input: z.infer<typeof finderInput>): Promise<z.infer<typeof answer>> {
  const search = await searchOf(tx, input)
  const found = search ? await searchOrganisations(tx, search) : []
  if (found.length === 0 && input.after === undefined) await nameTheImport(tx, search)
  const page = found.slice(0, PAGE)
  const last = page.at(-1)
  return { items: await itemsOf(tx, page), next: found.length > PAGE && last ? cursor(last) : null }
}

/** What is looked for; null when nothing can match: no word in what was typed, or no such LA. */
async function searchOf(tx: Tx, { q, la, after }: z.infer<typeof finderInput>): Promise<Search | null> {
  const query = searchQuery(q)
  if (!query && q.trim() !== '') return null
  const las = await authoritiesOf(tx, la)
  if (las?.length === 0) return null
  const number =
    schoolNumber(q, las?.length === 1 ? las[0]! : null) ?? (/^\d+$/.test(q.trim()) ? q.trim() : null)
  return { query, number, las, after: after === undefined ? null : readCursor(after), limit: PAGE + 1 }
}

/** The LAs meant by a number (680, 680LLLL) or by a name in either language; null: any. */
async function authoritiesOf(tx: Tx, la: string): Promise<string[] | null> {
  const number = /^(\d{3})(LLLL)?$/i.exec(la.trim())?.[1]
  if (number !== undefined) return [number]
  const query = searchQuery(la)
  if (query) return authoritiesNamed(tx, query.inName)
  return la.trim() === '' ? null : []
}

/** Nothing was found of one LA: where its schools are not in the register, that is the reason, and it is said. */
async function nameTheImport(tx: Tx, search: Search | null): Promise<void> {
  const la =
    search?.las?.length === 1
      ? search.las[0]!
      : search?.number?.length === 7
        ? search.number.slice(0, 3)
        : null
  if (la === null || (await isLoadedAuthority(tx, la))) return
  const code = `${la}LLLL`
  const authority = (await findEstablishments(tx, [code])).get(code)
  if (authority)
    throw new Refusal('not-found', 'register-not-loaded', {
      params: { la, name: bothNames(authority) },
    })
}

async function itemsOf(tx: Tx, found: readonly Found[]): Promise<FoundEstablishment[]> {
  const closed = found.filter((one) => one.status === 'closed').map((one) => one.code)
  const successors = closed.length === 0 ? new Map<string, never[]>() : await successorsOfEach(tx, closed)
  return found.map((one) => ({
    code: one.code,
    name: one.nameEn,
    nameCy: one.nameCy,
    kind: one.kind,
    la: one.la,
    laName: one.laName,
    laNameCy: one.laNameCy,
    town: one.town,
    postcode: one.postcode,
    urn: one.urn,
    status: one.status,
    sector: one.sector,
    successors: (successors.get(one.code) ?? []).map((next) => ({ code: next.code, name: next.nameEn })),
  }))
}

const place = z.tuple([z.number().int().min(0).max(99), z.string(), z.string()])

function cursor({ rank, nameKey, code }: Found): string {
  return Buffer.from(JSON.stringify([rank, nameKey, code])).toString('base64url')
}

function readCursor(text: string): Search['after'] {
  try {
    const [rank, nameKey, code] = place.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    if (!/\0/.test(nameKey + code)) return { rank, nameKey, code }
  } catch {
    // answered below, as every text that is no cursor of ours
  }
  throw new Refusal('malformed', 'input', { params: { field: 'after' } })
}

/** GET /api/v1/establishments. */
export const findEstablishmentsRoute = route({
  method: 'GET',
  path: '/api/v1/establishments',
  action: findEstablishmentsAction,
  query: ['q', 'la', 'after'],
  answers: answer,
  summary:
    'The establishment finder: by number, URN, name, town or postcode (q) and by LA (la), the best first.',
})
