import { Command } from 'commander'
import type { Tx } from '../kit/database.ts'
import { wordsOf } from '../kit/i18n.ts'
import { keptUnder, rewrap } from '../kit/rotation.ts'
import { keysInUse } from '../kit/secrets.ts'
import { renewSigningKeys } from '../kit/signing-keys.ts'
import { operate } from '../permissions/perform.ts'
import type { World } from '../world.ts'
import { TERMINAL, type RemarkingSurroundings } from './operator.ts'

/** What this command uses of the world. */
type Needed = Pick<World, 'db' | 'audit' | 'clock' | 'keys'>

type Own = RemarkingSurroundings<Needed>

const BATCH = 1000

const words = wordsOf('en')

/**
 * `cts keys rotate`: wraps the keys of all that is stored under the newest SECRET_KEY, so that older ones can go, and gives
 * Secure Access a new signing key where the newest is old, or where that is asked for.
 */
export function keysCommand(surroundings: Own = TERMINAL): Command {
  const { operator, print, remark } = surroundings
  const rotateCommand = new Command('rotate')
    .description(words('keys.help.rotate'))
    .option('--signing', words('keys.help.signing'))
    .option('--json', words('keys.help.json'))
    .action(({ json, signing = false }: { json?: true; signing?: boolean }) =>
      operator(async (world) => {
        const done = await rotate(world, remark)
        if (await renewSigning(world, signing)) remark(words('keys.signing'))
        const key = world.keys.newest.id
        const [former] = await formerKeys(world)
        if (former !== undefined) {
          remark(words('keys.stillUsed', { key: former }))
          process.exitCode = 1
        }
        if (json) print(JSON.stringify({ key, ...done, rotated: former === undefined }))
        else if (former === undefined) print(words('keys.rotated', { key, ...done }))
      }),
    )
  return new Command('keys').description(words('keys.help.keys')).addCommand(rotateCommand)
}

async function formerKeys({ db, keys }: Needed): Promise<string[]> {
  return (await keysInUse(db, keys)).filter((id) => id !== keys.newest.id)
}

function renewSigning(world: Needed, early: boolean): Promise<boolean> {
  const now = world.clock.now()
  const renew = (tx: Tx): Promise<boolean> => renewSigningKeys(tx, now, { early })
  return early ? operate(world, 'keys.renew-signing', null, renew) : world.db.transaction().execute(renew)
}

/** Batch by batch, each a short transaction with its audit row: killed in between, it goes on where it stopped. */
async function rotate(
  world: Needed,
  remark: (line: string) => void,
): Promise<{ bodies: number; secrets: number }> {
  const done = { bodies: 0, secrets: 0 }
  for (const former of await formerKeys(world)) {
    const all = await keptUnder(world.db, former)
    for (let left = all.bodies + all.secrets; left > 0; left -= BATCH) {
      const subject = `${former} ${world.keys.newest.id}`
      const batch = await operate(world, 'keys.rotate', subject, (tx) =>
        rewrap(tx, world.keys, former, BATCH),
      )
      done.bodies += batch.bodies
      done.secrets += batch.secrets
      remark(words('keys.progress', { key: former, ...done }))
    }
  }
  return done
}
