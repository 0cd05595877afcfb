import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Address } from '../kit/pages/address.ts'
import { languageOf } from '../kit/pages/language.ts'
import { sendPage } from '../kit/pages/render.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Front } from '../permissions/front.ts'
import { listRules, readRuleFilter } from './ctf-rules.ts'
import { openHandbook, type Book, type Help, type HelpPage } from './handbook.ts'

export { rulesDocument } from './ctf-rules.ts'

/** Chapters about pages, by how the address of the page begins. */
const CHAPTERS: readonly (readonly [path: RegExp, slug: string])[] = [
  [/^\/$/, 'home'],
  [/^\/(upload\/look|files\/[^/]+\/pupils)/, 'pupil-record'],
  [/^\/upload/, 'upload'],
  [/^\/download/, 'download'],
  [/^\/(sent|files)/, 'sent'],
  [/^\/find-a-school/, 'find-a-school'],
  [/^\/account\/(security|sessions)/, 'sign-in'],
  [/^\/account\/access/, 'access'],
  [/^\/account/, 'e-mails'],
  [/^\/people/, 'people'],
  [/^\/claim-approver/, 'becoming-approver'],
  [/^\/requests/, 'requests'],
  [/^\/clients/, 'school-systems'],
  [/^\/user-audit/, 'user-audit'],
  [/^\/approver-codes/, 'approver-codes'],
  [/^\/dba\/(schools|authority)/, 'schools'],
  [/^\/dba\/(register|administrators)/, 'register'],
  [/^\/dba/, 'dba'],
  [/^\/(secure-access|sign-in|signed-out|choose-organisation|get-help)/, 'sign-in'],
]

const PICTURES_SECONDS = 60 * 60

/**
 * The addresses of the help. Nobody need be signed in: whoever cannot sign in needs the chapter on it.
 * @param front gives the frame, and who visits where somebody is signed in
 */
export function helpAddresses(front: Pick<Front, 'frameOf' | 'visitOf'>): readonly Address[] {
  const { help, pictures } = openHandbook()

  async function show(request: FastifyRequest, reply: FastifyReply, slug: string | null): Promise<unknown> {
    const visit = await front.visitOf(request, reply)
    const language = languageOf(request, reply, visit?.language)
    const own = help[language]
    const [first, ...others] = own.books
    const book = own.books.find(({ chapters }) => chapters.some((one) => one.slug === slug)) ?? first!
    const page = slug === null ? first!.index : findPage(own, slug)
    if (!page) throw new Refusal('not-found', 'not-found')
    const cameFrom = slug === null ? chapterFor(request.headers.referer) : undefined
    const data = {
      page,
      slug,
      chapters: book.chapters,
      others: slug === null ? others.map(({ kind, index }) => ({ kind, ...index })) : [],
      cannotSignIn: slug === null && visit === null,
      forPage: cameFrom === undefined ? undefined : findPage(own, cameFrom),
      ...neighbours(book, slug),
    }
    return sendPage(
      reply,
      200,
      'help/views/page.njk',
      front.frameOf(request, reply, { language, visit, data }),
    )
  }

  async function rules(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const visit = await front.visitOf(request, reply)
    const language = languageOf(request, reply, visit?.language)
    const data = { list: listRules(language, readRuleFilter(request.query)) }
    const frame = front.frameOf(request, reply, { language, visit, data })
    return sendPage(reply, 200, 'help/views/rules.njk', frame)
  }

  function picture(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const found = pictures.get((request.params as { name: string }).name)
    if (!found) throw new Refusal('not-found', 'not-found')
    return reply
      .header('cache-control', `public, max-age=${PICTURES_SECONDS}`)
      .type(found.type)
      .send(found.body)
  }

  return [
    { method: 'GET', path: '/help', handle: (request, reply) => show(request, reply, null) },
    { method: 'GET', path: '/help/ctf-rules', handle: rules },
    { method: 'GET', path: '/help/pictures/:name', handle: picture },
    {
      method: 'GET',
      path: '/help/:slug',
      handle: (request, reply) => show(request, reply, (request.params as { slug: string }).slug),
    },
  ]
}

function findPage(help: Help, slug: string): HelpPage | undefined {
  return [...help.books.flatMap(({ chapters }) => chapters), ...help.about].find((page) => page.slug === slug)
}

/** The chapter about the page that somebody came from, by its address; undefined where none is about it. */
function chapterFor(referer: string | undefined): string | undefined {
  if (referer === undefined || !URL.canParse(referer)) return undefined
  const { pathname } = new URL(referer)
  return CHAPTERS.find(([path]) => path.test(pathname))?.[1]
}

function neighbours(
  { chapters }: Book,
  slug: string | null,
): { previous: HelpPage | undefined; next: HelpPage | undefined } {
  const at = chapters.findIndex((chapter) => chapter.slug === slug)
  return { previous: at > 0 ? chapters[at - 1] : undefined, next: at < 0 ? undefined : chapters[at + 1] }
}
