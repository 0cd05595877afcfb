import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { loadDemonstration } from '../../src/demonstration.ts'
import { copyTemplate, discard, type Place } from '../templates.ts'
import { openTestWorld } from '../world.ts'

/** As the service stands after `npm start`; prepared once for the journeys of a file. */
let prepared: Promise<Place> | undefined

after(async () => {
  if (prepared) await discard(await prepared)
})

async function prepare(): Promise<Place> {
  const place = await copyTemplate('embedded', 'registered')
  const { world, close } = await openTestWorld(place)
  try {
    await loadDemonstration(world)
  } finally {
    await close()
  }
  return place
}

/** An embedded database of a journey's own with the register and the demonstration; to be discarded by the journey. */
export async function copyDemonstrated(): Promise<Place> {
  prepared ??= prepare()
  const dataDir = mkdtempSync(join(tmpdir(), 'cts-journey-'))
  cpSync((await prepared).dataDir, dataDir, { recursive: true })
  return { dataDir, databaseUrl: null }
}
