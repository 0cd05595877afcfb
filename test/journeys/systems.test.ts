import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before } from 'node:test'
import * as oidc from 'openid-client'
import { findPersonId } from '../../src/accounts/index.ts'
import { insertMembership } from '../../src/accounts/people-store.ts'
import { look } from '../browser-pictures.ts'
import type { Person } from '../browser.ts'
import type { TestServer } from '../server.ts'
import { logOffPath } from '../relying-parties.ts'
import { grantSystem, newSystem, type TestSystem } from '../systems.ts'
import { journey } from './journey.ts'
import { comesTo, opens, passwordOf, presses, sees, triesToSignIn } from './steps.ts'

const OTHER_SCHOOL = '6804025'

/** A connected system on an address of its own: it sends people to sign in, and says who came back. */
interface RunningSystem {
  url: string
  serves(service: TestServer, system: TestSystem): void
}

let connected: { service: TestServer; system: TestSystem }
const verifier = oidc.randomPKCECodeVerifier()
const listener = createServer((request, response) => {
  void answerTo(new URL(request.url!, collect.url)).then(
    ({ to, text }) => {
      if (to === undefined) response.writeHead(200, { 'content-type': 'text/html' }).end(`<h1>${text}</h1>`)
      else response.writeHead(303, { location: to }).end()
    },
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
})
const collect: RunningSystem = {
  url: '',
  serves: (service, system) => void (connected = { service, system }),
}

before(async () => {
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve)
  })
  collect.url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`
})
after(() => void listener.close())

async function answerTo(url: URL): Promise<{ to?: string; text?: string }> {
  const { service, system } = connected
  const issuer = new URL(`${service.url}/secure-access`)
  const options = { execute: [oidc.allowInsecureRequests] }
  const config = await oidc.discovery(issuer, system.clientId, system.secret, undefined, options)
  if (url.pathname === '/bye') return { text: 'Signed out of COLLECT' }
  if (url.pathname === '/back') {
    if (url.searchParams.has('error')) return { text: `COLLECT: ${url.searchParams.get('error')}` }
    const tokens = await oidc.authorizationCodeGrant(config, url, { pkceCodeVerifier: verifier })
    const who = await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims()!.sub)
    return { text: `COLLECT for ${(who['organisation'] as { id: string }).id} ${tokens.id_token}` }
  }
  const to = oidc.buildAuthorizationUrl(config, {
    redirect_uri: `${collect.url}/back`,
    scope: 'openid profile organisation',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  return { to: to.href }
}

/** What pages did so far, but for going to the system and back, which is what they are for. */
function assertNoFaults(person: Person): void {
  const faults = person.takeFaults().filter((fault) => !fault.startsWith(`another origin: ${collect.url}/`))
  assert.deepEqual(faults, [])
}

async function comesBack(person: Person, says: RegExp): Promise<string> {
  const { page } = person
  await page.getByRole('heading', { name: says }).waitFor()
  const text = await page.locator('h1').innerText()
  assertNoFaults(person)
  return text
}

journey(
  'a person opens another system by the same sign-in, for one of two schools, and logs off from there',
  { johnFrost: { javaScript: false }, pen: { language: 'cy', width: 320 } },
  async ({ johnFrost, pen }, { server }) => {
    const system = await newSystem(server, {
      redirect_uris: [`${collect.url}/back`],
      post_logout_redirect_uris: [`${collect.url}/bye`],
    })
    collect.serves(server, system)

    await opens(johnFrost, collect.url)
    await triesToSignIn(johnFrost, 'johnfrost', passwordOf('johnfrost'))
    assertNoFaults(johnFrost)
    await comesTo(johnFrost, 'You do not have access to COLLECT')
    await look(johnFrost.page, 'no-access.en')
    await presses(johnFrost, 'Go back to COLLECT')
    await comesBack(johnFrost, /access_denied/)

    const id = (await findPersonId(server.world.db, 'johnfrost'))!
    const at = server.clock.now()
    await server.world.db
      .transaction()
      .execute((tx) =>
        insertMembership(tx, { person: id, organisation: OTHER_SCHOOL, approver: false, createdAt: at }),
      )
    for (const organisation of ['6804020', OTHER_SCHOOL])
      await grantSystem(server, { id, organisation }, 'collect', ['school-census'])
    await opens(johnFrost, collect.url)
    assertNoFaults(johnFrost)
    await comesTo(johnFrost, 'For which organisation do you want to open COLLECT?')
    await look(johnFrost.page, 'choose.en')
    await presses(johnFrost, 'Continue')
    await sees(johnFrost, 'No organisation is chosen')
    await johnFrost.page.getByRole('radio', { name: /John Frost/ }).check()
    await presses(johnFrost, 'Continue')
    const token = (await comesBack(johnFrost, /COLLECT for 6804020/)).split(' ').at(-1)!

    const off = { id_token_hint: token, post_logout_redirect_uri: `${collect.url}/bye` }
    await opens(johnFrost, logOffPath(off))
    await comesTo(johnFrost, 'Log off')
    await presses(johnFrost, 'Log off')
    await comesBack(johnFrost, /Signed out of COLLECT/)

    await opens(pen, collect.url)
    await triesToSignIn(pen, 'johnfrost', passwordOf('johnfrost'))
    assertNoFaults(pen)
    await comesTo(pen, 'Ar gyfer pa sefydliad yr ydych am agor COLLECT?')
    await pen.page.locator(`input[value="${OTHER_SCHOOL}"]`).check()
    await presses(pen, 'Parhau')
    await comesBack(pen, /COLLECT for 6804025/)
  },
)
