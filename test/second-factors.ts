import { generate } from 'otplib'
import { livePerson } from '../src/accounts/index.ts'
import { addFactor } from '../src/secure-access/factors/add.ts'
import { newAuthenticatorSecret, stepOf } from '../src/secure-access/factors/authenticator.ts'
import { loadFactorKeys } from '../src/secure-access/factors/keys.ts'
import type { World } from '../src/world.ts'

type Needed = Pick<World, 'db' | 'clock' | 'secrets' | 'mailer'>

/** The code that an authenticator app shows now. */
export function codeOf(secret: string, { clock }: Pick<World, 'clock'>): Promise<string> {
  return generate({ secret, epoch: Math.floor(clock.now().getTime() / 1000) })
}

/** Sets up an authenticator app for a person; gives its secret, and the recovery codes that came with it. */
export async function newApp(world: Needed, id: string): Promise<{ secret: string; codes: string[] }> {
  await loadFactorKeys(world)
  const secret = newAuthenticatorSecret()
  const code = await codeOf(secret, world)
  const step = (await stepOf(secret, code, 0, world.clock.now()))!
  const codes = await world.db.transaction().execute(async (tx) => {
    const person = (await livePerson(tx, id))!
    return addFactor(world, tx, person, 'My telephone', { authenticator: { secret, step } })
  })
  return { secret, codes: codes ?? [] }
}
