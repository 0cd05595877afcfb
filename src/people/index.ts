import type { AnyPage } from '../permissions/page.ts'
import type { World } from '../world.ts'

/** The pages of this room. */
export const pages: readonly AnyPage[] = []

/** What this room does by the clock. */
export function workByClock(_world: Pick<World, 'jobs'>): void {}
