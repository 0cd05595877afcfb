import type { Example } from './examples.ts'

/** Calls of the actions behind this room's pages. */
export const ACCOUNTS_EXAMPLES: Record<string, readonly Example[]> = {}
