import type { Elements, Single } from '../content.ts'

/** Something that differs between two files' data of a pupil; plain data, to be said by `sayChange`. */
export interface Change {
  kind: 'added' | 'removed' | 'changed'
  /** The group of the content model that the element stands in, e.g. `BasicDetails`. */
  group: string
  /** The element, e.g. `Surname`, or `Contact` where a whole contact was added. */
  name: string
  /** Element names from the pupil down, the element's last. */
  path: readonly string[]
  /** The entries of lists that the element stands in, the outermost first, e.g. the contact of a telephone number. */
  entries: readonly Entry[]
  /** What it was and what it is; null where it was not or is not there. */
  before: Single | null
  after: Single | null
  /** Of a period of provision that was added: the one that it follows. */
  follows?: Elements
}

/** One of several elements of a name, such as a contact; as it is, or as it was where it is no more. */
export interface Entry {
  group: string
  name: string
  content: Elements
}
