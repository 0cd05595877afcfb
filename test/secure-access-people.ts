import { after, before, beforeEach } from 'node:test'
import * as oidc from 'openid-client'
import { createPerson, invite, newPersonId, redeemInvitation } from '../src/accounts/index.ts'
import { sql, type Database } from '../src/kit/database.ts'
import type { Language } from '../src/kit/i18n.ts'
import { setPassword } from '../src/secure-access/index.ts'
import { formOf, openBrowser, type Browser, type Seen } from './secure-access-browser.ts'
import { openTestSecureAccess, type TestSecureAccess } from './secure-access.ts'
import { forEachDatabase, type TestDatabase } from './world.ts'

/** A person of John Frost School. */
export interface TestPerson {
  id: string
  username: string
  name: string
  email: string
  password: string
}

/** What a test may want otherwise of a person. */
export interface TestPersonOptions {
  username?: string
  language?: Language
  /** The password is a one-time one. */
  mustChange?: boolean
}

/** What tests of Secure Access work on. */
export interface OpenedSecureAccess {
  database: TestDatabase
  room: TestSecureAccess
  party: RelyingParty
}

/**
 * Declares tests of Secure Access on each database.
 * @param apart milliseconds that pass before each test, so that guesses and links of one are none of the next
 * @param declare is given a function that opens it for the tests, and hands over what was opened before they begin
 * @param env settings by their names
 */
export function forEachSecureAccess(
  apart: number,
  declare: (whenOpen: (take: (opened: OpenedSecureAccess) => void) => void) => void,
  env: Record<string, string> = {},
): void {
  forEachDatabase((_name, open) =>
    declare((take) => {
      let opened: OpenedSecureAccess
      before(async () => {
        const database = await open()
        const room = await openTestSecureAccess(database, undefined, env)
        opened = { database, room, party: await relyingParty(room) }
        take(opened)
      })
      beforeEach(() => opened.room.clock.advance(apart))
      after(async () => {
        await opened.room.close()
        await opened.database.close()
      })
    }),
  )
}

/** A password that nothing is wrong with. */
export const PASSWORD = 'copper kettle morning'

let made = 0

/** Makes a person without a password, and the token of the link to set one. */
export async function newInvited(
  { world }: TestSecureAccess,
  { username, language = 'en' }: TestPersonOptions = {},
): Promise<Omit<TestPerson, 'password'> & { token: string }> {
  made += 1
  const id = newPersonId()
  const name = 'Nesta Invented'
  const person = { id, username: username ?? `680Nesta${made}`, name, email: `nesta${made}@frost.invalid` }
  const asked = { ...person, organisation: '6804020', role: 'school-user', approver: false, language }
  const lists = { personalMailDomains: [], genericMailboxes: [] }
  const now = world.clock.now()
  const { token } = await world.db.transaction().execute(async (tx) => {
    await createPerson(tx, asked, now, lists)
    return invite(tx, id, now)
  })
  return { ...person, token }
}

/** Makes a person who can sign in. */
export async function newPerson(
  room: TestSecureAccess,
  options: TestPersonOptions = {},
): Promise<TestPerson> {
  const { token, ...person } = await newInvited(room, options)
  const { mustChange = false } = options
  const now = room.clock.now()
  await room.world.db.transaction().execute(async (tx) => {
    await redeemInvitation(tx, token, now)
    await setPassword(tx, person.id, PASSWORD, { mustChange }, now)
  })
  return { ...person, password: PASSWORD }
}

/** An application that people sign in to: the service itself, as a standard client of OpenID Connect. */
export interface RelyingParty {
  config: oidc.Configuration
  /** Sends a browser to sign in, and gives the page that it comes to. */
  begin(browser: Browser, params?: Record<string, string>): Promise<Seen>
  /** What the provider says once it sends the browser back. */
  complete(back: Seen): Promise<oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers>
}

/** Discovers the provider. */
export async function relyingParty({ issuer, origin, world }: TestSecureAccess): Promise<RelyingParty> {
  const secret = (await world.secrets.get('sessions-client')).toString('hex')
  const options = { execute: [oidc.allowInsecureRequests] }
  const auth = oidc.ClientSecretBasic(secret)
  const config = await oidc.discovery(new URL(issuer), 'common-transfer-system', secret, auth, options)
  const verifier = oidc.randomPKCECodeVerifier()
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()]
  return {
    config,
    async begin(browser, params = {}) {
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: `${origin}/sign-in/callback`,
        scope: 'openid profile email organisation',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...params,
      })
      return browser.follow(await browser.get(url.href))
    },
    complete: (back) =>
      oidc.authorizationCodeGrant(config, new URL(back.location!), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      }),
  }
}

/** Fills in the form on a page and follows where it leads. */
export async function fillIn(
  browser: Browser,
  page: Seen,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Seen> {
  const form = formOf(page)
  return browser.follow(await browser.post(form.action, { ...form.fields, ...fields }, headers))
}

/** Signs a person in with a browser of their own; `back` leads back to the application. */
export async function signedIn(
  room: TestSecureAccess,
  party: RelyingParty,
  { username, password }: Pick<TestPerson, 'username' | 'password'>,
): Promise<{ browser: Browser; back: Seen }> {
  const browser = openBrowser(room.origin)
  const back = await fillIn(browser, await party.begin(browser), { username, password })
  return { browser, back }
}

/** Whether a browser is signed in at the provider: it comes back to the application without a form. */
export async function isSignedIn(party: RelyingParty, browser: Browser): Promise<boolean> {
  const seen = await party.begin(browser)
  return seen.location?.includes('/sign-in/callback?code=') ?? false
}

/** Rows of the audit about a person, or about nobody, in their order. */
export async function auditOf(db: Database, person: string | null): Promise<string[]> {
  const { rows } = await sql<{ row: string }>`
    select action || ' ' || outcome || coalesce(' ' || reason, '') || case when actor = subject then '' else ' by ' || actor end
      as row
    from kit.audit where subject is not distinct from ${person}::text order by at, ctid`.execute(db)
  return rows.map(({ row }) => row)
}

/** Mails queued about a person. */
export async function mailsOf(
  db: Database,
  person: string,
): Promise<{ template: string; to_address: string; language: string; params: Record<string, string> }[]> {
  const { rows } = await sql<{
    template: string
    to_address: string
    language: string
    params: Record<string, string>
  }>`
    select template, to_address, language, params from kit.mail where about = ${person} order by created_at, ctid`.execute(
    db,
  )
  return rows
}
