import { createPerson, newPersonId, redeemInvitation, invite } from '../src/accounts/index.ts'
import { newToken } from '../src/kit/ids.ts'
import type { Language } from '../src/kit/i18n.ts'
import type { Role } from '../src/permissions/table.ts'
import { setPassword } from '../src/secure-access/index.ts'
import { insertSession } from '../src/sessions/store.ts'
import { csrfToken } from '../src/sessions/visits.ts'
import type { TestServer } from './server.ts'

/** A person of the running service, activated. */
export interface TestPerson {
  id: string
  username: string
  organisation: string
}

/** An answer to a browser: redirects are not followed. */
export interface PageAnswer {
  status: number
  headers: Headers
  bytes: Buffer
  /** The page's HTML. */
  html: string
  /** Where it leads; null when it does not. */
  to: string | null
}

/** A signed-in person's browser without a screen: it keeps cookies and follows nothing by itself. */
export interface Visitor {
  person: TestPerson
  /** The token of the session's forms. */
  csrf: string
  /** What a browser would send, for one that is set up by hand. */
  cookies: ReadonlyMap<string, string>
  get(path: string, headers?: Record<string, string>): Promise<PageAnswer>
  /** Sends a form with its token. */
  post(path: string, fields?: Record<string, string | readonly string[]>): Promise<PageAnswer>
  /** Sends anything. */
  send(path: string, init: RequestInit): Promise<PageAnswer>
  /** Sends a file as the page's script does. */
  sendFile(path: string, bytes: Uint8Array): Promise<PageAnswer>
  /** Sends a file by a multipart form, as a browser without scripts does. */
  sendForm(
    path: string,
    fields: Record<string, string>,
    file: { name: string; bytes: Uint8Array } | null,
  ): Promise<PageAnswer>
}

let people = 0

/** Makes an activated person. */
export async function newPerson(
  { world }: Pick<TestServer, 'world'>,
  {
    organisation,
    role,
    approver = false,
    language = 'en',
  }: { organisation: string; role: Role | null; approver?: boolean; language?: Language },
): Promise<TestPerson> {
  people += 1
  const id = newPersonId()
  const username = `person${people}`
  const now = world.clock.now()
  await world.db.transaction().execute(async (tx) => {
    const email = `${username}@people.example.org`
    await createPerson(
      tx,
      { id, username, name: `Person ${people}`, email, organisation, role, approver, language },
      now,
      world.config,
    )
    const { token } = await invite(tx, id, now)
    await redeemInvitation(tx, token, now)
  })
  return { id, username, organisation }
}

/** Signs a person in without the form: journeys go through the form. */
export async function visitorOf(
  server: Pick<TestServer, 'url' | 'world'>,
  person: TestPerson,
): Promise<Visitor> {
  const { world } = server
  const session = newToken()
  const at = world.clock.now()
  await world.db.transaction().execute((tx) =>
    insertSession(tx, {
      id: session,
      person: person.id,
      organisation: person.organisation,
      sid: null,
      idToken: '',
      at,
    }),
  )
  const cookies = new Map([['session', session]])
  const csrf = csrfToken(await world.secrets.get('sessions-csrf'), session)

  async function send(path: string, init: RequestInit): Promise<PageAnswer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept: 'text/html', cookie, ...(init.headers as Record<string, string>) }
    const response = await fetch(server.url + path, { redirect: 'manual', ...init, headers })
    for (const set of response.headers.getSetCookie()) keepCookie(cookies, set)
    const bytes = Buffer.from(await response.arrayBuffer())
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      html: bytes.toString(),
      to: response.headers.get('location'),
    }
  }

  return {
    person,
    csrf,
    cookies,
    send,
    get: (path, headers = {}) => send(path, { headers }),
    post(path, fields = {}) {
      const body = new URLSearchParams({ _csrf: csrf })
      for (const [name, value] of Object.entries(fields))
        for (const one of [value].flat()) body.append(name, one)
      return send(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } })
    },
    sendFile: (path, bytes) =>
      send(path, {
        method: 'POST',
        body: Buffer.from(bytes),
        headers: {
          'x-csrf-token': csrf,
          'content-type': 'application/octet-stream',
          'sec-fetch-site': 'same-origin',
        },
      }),
    sendForm(path, fields, file) {
      const body = new FormData()
      for (const [name, value] of Object.entries({ _csrf: csrf, ...fields })) body.set(name, value)
      if (file) body.set('file', new Blob([Buffer.from(file.bytes)]), file.name)
      return send(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } })
    },
  }
}

function keepCookie(cookies: Map<string, string>, set: string): void {
  const [pair = '', ...attributes] = set.split('; ')
  const at = pair.indexOf('=')
  const gone = attributes.some((one) => /^(Max-Age=0|Expires=Thu, 01 Jan 1970)/i.test(one))
  if (gone) cookies.delete(pair.slice(0, at))
  else cookies.set(pair.slice(0, at), pair.slice(at + 1))
}

const PASSWORD = 'correct horse battery staple'

/** Makes an activated person with a password, who can sign in by the form. */
export async function newAccount(
  server: Pick<TestServer, 'world'>,
  asked: Parameters<typeof newPerson>[1],
): Promise<TestPerson & { password: string }> {
  const person = await newPerson(server, asked)
  const { world } = server
  const now = world.clock.now()
  await world.db
    .transaction()
    .execute((tx) => setPassword(tx, person.id, PASSWORD, { mustChange: false }, now))
  return { ...person, password: PASSWORD }
}
