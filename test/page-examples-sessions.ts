import type { Example } from './examples.ts'

/** Calls of the actions behind this room's pages. */
export const SESSIONS_EXAMPLES: Record<string, readonly Example[]> = {}
