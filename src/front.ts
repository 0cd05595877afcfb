import type { FastifyReply, FastifyRequest } from 'fastify'
import { LANGUAGES, wordsOf, type Language, type WordParams } from './kit/i18n.ts'
import { addressIn } from './kit/pages/language.ts'
import { mayEver, type Actor } from './permissions/decide.ts'
import type { Front } from './permissions/front.ts'
import type { Visit } from './permissions/page.ts'
import type { Permission } from './permissions/table.ts'
import type { World } from './world.ts'

/** The navigation, one for all: each sees what a role of theirs may ever do. In the words that users of s2s know. */
const NAVIGATION: readonly { words: string; href: string; permissions: readonly Permission[] }[] = [
  { words: 'home', href: '/', permissions: ['own-account'] },
  { words: 'upload', href: '/upload', permissions: ['send-ctf', 'deposit-in-lpd'] },
  { words: 'download', href: '/download', permissions: ['collect-ctf'] },
  { words: 'sent', href: '/sent', permissions: ['see-sent-files'] },
  { words: 'find', href: '/find-a-school', permissions: ['find-a-school'] },
  { words: 'help', href: '/help', permissions: ['own-account'] },
]

const NOTICE = 'notice'

/** What stands around every page: header, navigation, notices, the time that is left. */
export function openFront(
  world: World,
  publicUrl: string,
): Pick<Front, 'publicUrl' | 'leaveNotice' | 'frameOf'> {
  const cookie = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
    signed: true,
  } as const

  function takeNotice(request: FastifyRequest, reply: FastifyReply, language: Language): string | undefined {
    const shown = request.cookies[NOTICE]
    if (shown === undefined) return undefined
    void reply.clearCookie(NOTICE, cookie)
    const { valid, value } = request.unsignCookie(shown)
    if (!valid || value === null) return undefined
    const { key, params } = JSON.parse(value) as { key: string; params?: WordParams }
    return wordsOf(language)(key, params)
  }

  return {
    publicUrl,
    leaveNotice(reply, notice) {
      void reply.setCookie(NOTICE, JSON.stringify(notice), { ...cookie, maxAge: 60 })
    },
    frameOf(request, reply, { language, visit, data }) {
      const [path] = request.url.split('?', 1)
      return {
        language,
        inLanguage: Object.fromEntries(LANGUAGES.map((one) => [one, addressIn(one, request)])) as Record<
          Language,
          string
        >,
        data,
        now: world.clock.now(),
        path,
        demonstration: world.demonstration,
        notice: takeNotice(request, reply, language),
        visit: visit ? shownVisit(visit, language, path!, world.clock.now()) : undefined,
      }
    },
  }
}

function shownVisit(visit: Visit, language: Language, path: string, now: Date): object {
  const end = Math.min(visit.idleEndsAt.getTime(), visit.endsAt.getTime())
  return {
    ...visit,
    organisationName: visit.organisation.name[language],
    seconds: Math.max(0, Math.floor((end - now.getTime()) / 1000)),
    navigation: navigationFor(visit.actor, language, path),
  }
}

function navigationFor(actor: Actor, language: Language, path: string): object[] {
  return NAVIGATION.filter(({ permissions }) => permissions.some((one) => mayEver(actor, one))).map(
    ({ words, href }) => ({
      text: wordsOf(language)(`pages.nav.${words}`),
      href,
      current: path === href,
      active: href !== '/' && path.startsWith(`${href}/`),
    }),
  )
}
