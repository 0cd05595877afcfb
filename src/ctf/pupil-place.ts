import type { CtfFile } from './content.ts'
import type { ElementRow, Model } from './model.ts'

/** Where the pupils of a kind of file stand in a content model. */
export interface PupilPlace {
  /** The child of the root that holds them. */
  data: ElementRow
  /** Its group. */
  group: string
  /** The group of a pupil's own children. */
  pupil: string
}

/**
 * The place of a root's pupils.
 * @throws RangeError when the model has none under that root
 */
export function pupilPlace(root: CtfFile['root'], model: Model): PupilPlace {
  for (const data of model.groups.get(root)?.values() ?? []) {
    const group = groupOf(data)
    const pupil = group === null ? null : groupOf(model.groups.get(group)?.get('Pupil'))
    if (group !== null && pupil !== null) return { data, group, pupil }
  }
  throw new RangeError(`the content model has no pupils in ${root}`)
}

/** The group of an element's children; null where it has none. */
export function groupOf(row: ElementRow | null | undefined): string | null {
  return row && row.content !== 'any' && 'group' in row.content ? row.content.group : null
}
