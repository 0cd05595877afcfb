import { createSystem, setGrants } from '../src/systems/index.ts'
import type { SystemFile } from '../src/systems/read-system.ts'
import { apiOf, type Api } from './api.ts'
import type { TestPerson } from './visitor.ts'
import type { TestServer } from './server.ts'

/** A connected system of the running service. */
export interface TestSystem {
  code: string
  clientId: string
  secret: string
}

/** A system as an operator's file describes it: two roles for schools and LAs, one for LAs only. */
export function systemFile(changes: Partial<SystemFile> = {}): SystemFile {
  return {
    code: 'collect',
    name: { en: 'COLLECT', cy: 'COLLECT' },
    url: 'https://collect.example.org/',
    redirect_uris: ['https://collect.example.org/signed-in'],
    post_logout_redirect_uris: ['https://collect.example.org/bye'],
    backchannel_logout_uri: null,
    roles: [
      {
        code: 'school-census',
        name: { en: 'School census', cy: 'Cyfrifiad ysgolion' },
        kinds: ['school', 'authority'],
      },
      {
        code: 'school-preferences',
        name: { en: 'School preferences', cy: 'Dewisiadau ysgolion' },
        kinds: ['school', 'authority'],
      },
      { code: 'approve', name: { en: 'Approve returns', cy: 'Cymeradwyo ffurflenni' }, kinds: ['authority'] },
    ],
    ...changes,
  }
}

/** Makes a connected system. */
export async function newSystem(
  { world }: Pick<TestServer, 'world'>,
  changes: Partial<SystemFile> = {},
): Promise<TestSystem> {
  const file = systemFile(changes)
  const now = world.clock.now()
  const { clientId, secret } = await world.db.transaction().execute((tx) => createSystem(tx, file, now))
  return { code: file.code, clientId, secret }
}

/** A connected system that calls the API. */
export async function systemApi(server: TestServer, changes: Partial<SystemFile> = {}): Promise<Api> {
  const { clientId, secret } = await newSystem(server, changes)
  return apiOf(server, { token: await server.token(clientId, secret) })
}

/** Gives a person exactly these roles in a system, at the person's organisation unless another is named. */
export async function grantSystem(
  { world }: Pick<TestServer, 'world'>,
  { id: person, organisation }: Pick<TestPerson, 'id' | 'organisation'>,
  system: string,
  roles: readonly string[],
): Promise<void> {
  const at = world.clock.now()
  await world.db.transaction().execute((tx) => setGrants(tx, { person, organisation, system, roles, at }))
}
