import { createHmac } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { setPersonLanguage } from '../accounts/index.ts'
import { rolesOfMember } from '../accounts/rules.ts'
import { bothNames } from '../establishments/index.ts'
import { languageAsked } from '../kit/pages/language.ts'
import type { Visit } from '../permissions/page.ts'
import type { World } from '../world.ts'
import { findSession, nameOfSession, noteSeen, type Limits, type SessionRow } from './store.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A cookie's shape: 256 bits as 43 characters. Anything else is nobody's and asks no database. */
const SHAPE = /^[\w-]{43}$/

/** The name of the session's cookie. Over HTTPS the browser holds it to this host and path by its prefix. */
export function cookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-session' : 'session'
}

/** What the browser shows as its session; null when it shows none. */
export function sessionId(request: FastifyRequest, publicUrl: string): string | null {
  const id = request.cookies[cookieName(publicUrl)]
  return id !== undefined && SHAPE.test(id) ? id : null
}

/** Before which moments a session's beginning and last use are too long ago. */
export function sessionLimits(config: World['config'], now: Date): Limits {
  return {
    startedAfter: new Date(now.getTime() - config.sessionHours * HOUR),
    seenAfter: new Date(now.getTime() - config.sessionIdleMinutes * MINUTE),
  }
}

/** What the forms of a session carry. */
export function csrfToken(key: Buffer, id: string): string {
  return createHmac('sha256', key).update(id).digest('base64url')
}

/** Finds who sits in front of a browser. */
export interface Visits {
  /** The visit of a request; null when nobody is signed in. It counts as use of the session unless `peek`. */
  of(request: FastifyRequest, peek?: boolean): Promise<Visit | null>
}

/** @param csrfKey makes the token of a session's forms: 32 secret bytes */
export function openVisits(world: World, publicUrl: string, csrfKey: Buffer): Visits {
  const { config } = world

  function visitBy(row: SessionRow, id: string, address: string, seenAt: Date): Visit {
    return {
      actor: {
        kind: 'person',
        id: row.person,
        name: row.name,
        organisation: row.organisation,
        roles: rolesOfMember(row),
        address,
      },
      name: row.name,
      organisation: { code: row.organisation, name: bothNames(row) },
      language: row.language,
      session: nameOfSession(id),
      csrf: csrfToken(csrfKey, id),
      signedInAt: row.signedInAt,
      idleEndsAt: new Date(seenAt.getTime() + config.sessionIdleMinutes * MINUTE),
      endsAt: new Date(row.startedAt.getTime() + config.sessionHours * HOUR),
    }
  }

  return {
    async of(request, peek = false) {
      const id = sessionId(request, publicUrl)
      if (id === null) return null
      const now = world.clock.now()
      const row = await findSession(world.db, id, sessionLimits(config, now))
      if (!row) return null
      if (peek) return visitBy(row, id, request.ip, row.seenAt)
      const asked = languageAsked(request)
      if (asked !== null && asked !== row.language) {
        row.language = asked
        world.follow(setPersonLanguage(world.db, row.person, asked))
      }
      if (now.getTime() - row.seenAt.getTime() >= MINUTE) world.follow(noteSeen(world.db, id, now))
      return visitBy(row, id, request.ip, now)
    },
  }
}
