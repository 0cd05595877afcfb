import type { State } from '../rules.ts'

/** The colours of tags: what is to be done is told apart. */
export const STATE_COLOURS: Record<State, string> = {
  open: 'yellow',
  approved: 'green',
  declined: 'red',
  answered: 'green',
  withdrawn: 'grey',
  closed: 'grey',
}
