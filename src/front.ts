import type { FastifyReply, FastifyRequest } from 'fastify'
import { otherProviderOf } from './kit/config.ts'
import { LANGUAGES, wordsOf, type Language, type WordParams } from './kit/i18n.ts'
import { addressIn } from './kit/pages/language.ts'
import { mayEver, type Actor } from './permissions/decide.ts'
import type { Front } from './permissions/front.ts'
import type { Visit } from './permissions/page.ts'
import type { Permission } from './permissions/table.ts'
import type { World } from './world.ts'

/** A place that the navigation leads to. */
interface Place {
  /** Its name, under pages.nav or pages.section in the locales. */
  words: string
  href: string
  /** Any of these rows shows it. */
  permissions: readonly Permission[]
  /** This row takes it away: another place holds the same. */
  unless?: Permission
  /** It belongs to the built-in Secure Access: where people sign in at another provider, it is there. */
  builtIn?: true
}

/** The navigation, one for all: each sees what a role of theirs may ever do. In the words that users of s2s know. */
const NAVIGATION: readonly Place[] = [
  { words: 'home', href: '/', permissions: ['own-account'] },
  { words: 'upload', href: '/upload', permissions: ['send-ctf', 'deposit-in-lpd'] },
  { words: 'download', href: '/download', permissions: ['collect-ctf'] },
  { words: 'sent', href: '/sent', permissions: ['see-sent-files'] },
  { words: 'find', href: '/find-a-school', permissions: ['find-a-school'] },
  { words: 'people', href: '/people', permissions: ['manage-access'], unless: 'see-school-details' },
  { words: 'dba', href: '/dba', permissions: ['see-school-details'] },
  { words: 'help', href: '/help', permissions: ['own-account'] },
]

/** What stands beneath a place of the navigation, shown on each of its pages. */
const SECTIONS: readonly { above: readonly string[]; places: readonly Place[] }[] = [
  {
    above: ['/people', '/dba'],
    places: [
      { words: 'people', href: '/people', permissions: ['see-people'], unless: 'see-school-details' },
      { words: 'userMaintenance', href: '/people', permissions: ['see-school-details'] },
      { words: 'schools', href: '/dba/schools', permissions: ['see-school-details'] },
      { words: 'authority', href: '/dba/authority', permissions: ['maintain-details'] },
      { words: 'requests', href: '/requests', permissions: ['answer-requests'] },
      { words: 'clients', href: '/clients', permissions: ['manage-clients'] },
      { words: 'codes', href: '/approver-codes', permissions: ['issue-approver-codes'] },
      { words: 'audit', href: '/user-audit', permissions: ['confirm-people', 'run-user-audit'] },
      { words: 'administrators', href: '/dba/administrators', permissions: ['set-up-dba'] },
      { words: 'register', href: '/dba/register', permissions: ['keep-register', 'propose-school'] },
    ],
  },
  {
    above: ['/account'],
    places: [
      { words: 'account', href: '/account', permissions: ['own-account'] },
      { words: 'security', href: '/account/security', permissions: ['own-account'], builtIn: true },
      { words: 'sessions', href: '/account/sessions', permissions: ['own-account'] },
      { words: 'access', href: '/account/access', permissions: ['own-account'] },
    ],
  },
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
        visit: visit ? shownVisit(visit, language, path!, world) : undefined,
      }
    },
  }
}

function shownVisit(visit: Visit, language: Language, path: string, { clock, config }: World): object {
  const end = Math.min(visit.idleEndsAt.getTime(), visit.endsAt.getTime())
  const elsewhere = otherProviderOf(config) !== null
  return {
    ...visit,
    organisationName: visit.organisation.name[language],
    // where people sign in at another provider, nothing about passwords is here
    elsewhere,
    seconds: Math.max(0, Math.floor((end - clock.now().getTime()) / 1000)),
    navigation: navigationFor(visit.actor, language, path),
    section: sectionFor(visit.actor, language, path, elsewhere),
  }
}

function maySee(actor: Actor, { permissions, unless }: Place): boolean {
  return permissions.some((one) => mayEver(actor, one)) && !(unless && mayEver(actor, unless))
}

const isUnder = (path: string, href: string): boolean => path === href || path.startsWith(`${href}/`)

function sectionOf(path: string): (typeof SECTIONS)[number] | undefined {
  return SECTIONS.find(({ above, places }) =>
    [...above, ...places.map(({ href }) => href)].some((href) => isUnder(path, href)),
  )
}

function navigationFor(actor: Actor, language: Language, path: string): object[] {
  const above = sectionOf(path)?.above ?? []
  return NAVIGATION.filter((place) => maySee(actor, place)).map(({ words, href }) => ({
    text: wordsOf(language)(`pages.nav.${words}`),
    href,
    current: path === href,
    active: (href !== '/' && isUnder(path, href)) || above.includes(href),
  }))
}

/** The places beside the page's own, where there is more than one. */
function sectionFor(actor: Actor, language: Language, path: string, elsewhere: boolean): object[] {
  const places = (sectionOf(path)?.places ?? []).filter(
    (place) => maySee(actor, place) && !(place.builtIn && elsewhere),
  )
  // of two that hold the path, such as /account and /account/security, the longer is meant
  const here = places
    .map(({ href }) => href)
    .filter((href) => isUnder(path, href))
    .sort((a, b) => b.length - a.length)[0]
  const shown = places.map(({ words, href }) => ({
    text: wordsOf(language)(`pages.section.${words}`),
    href,
    current: path === href,
    active: href === here,
  }))
  return shown.length > 1 ? shown : []
}
