import { setOrganisation } from './establishments/index.ts'
import type { World } from './world.ts'

/** Organisations that get an invented address, so that the demonstration shows its e-mails. */
const ADDRESSES: Record<string, string> = {
  '6814039': 'office@cardiff-high.example.org',
  '6804020': 'office@john-frost.example.org',
  '681LLLL': 'transfers@cardiff.example.org',
  '680LLLL': 'transfers@newport.example.org',
}

/** Loads the demonstration data: addresses for two schools and their authorities, nobody's real ones. */
export async function loadDemonstration(world: Pick<World, 'db' | 'audit' | 'clock'>): Promise<void> {
  for (const [code, email] of Object.entries(ADDRESSES)) await setOrganisation(world, code, { email })
}
