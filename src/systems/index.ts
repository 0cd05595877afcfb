import type { AnyPage } from '../permissions/page.ts'
import type { AnyRoute } from '../permissions/route.ts'
import type { World } from '../world.ts'

/** The pages of this room. */
export const pages: readonly AnyPage[] = []

/** What this room does by the clock. */
export function workByClock(_world: Pick<World, 'jobs'>): void {}

/** The API by which connected systems ask about their people. */
export const routes: readonly AnyRoute[] = []
