import type { Example } from './examples.ts'

const session = (title: string, input: Record<string, string>): Example => ({
  title,
  rows: { 'own-account': [] },
  foreign: null,
  by: 'cardiff',
  status: 200,
  prepare: () => ({ input, subject: null }),
})

const SOME = 'a'.repeat(64)

/** Calls of the actions behind this room's pages. */
export const SESSIONS_EXAMPLES: Record<string, readonly Example[]> = {
  'sessions.list-own': [session('where I am signed in', {})],
  'sessions.end-own': [session('end one of my sessions', { session: SOME })],
  'sessions.end-others': [session('end all my other sessions', { but: SOME })],
}
