import { nameKey } from '../establishments/rules.ts'
import type { FileKind } from '../ctf/file-name.ts'
import { beforeSchoolDays, UNCOLLECTED_SCHOOL_DAYS, type FileStatus } from './rules.ts'

/** Which of its files an organisation looks at: those that were sent to it, or those that it sent. */
export type Box = 'inbox' | 'sent'

/** What each list can show: everything in one state, or all. The first is shown unless another is asked for. */
export const VIEWS = {
  inbox: ['awaiting', 'to-confirm', 'downloaded', 'rejected', 'all'],
  sent: ['all', 'awaiting', 'uncollected', 'downloaded', 'rejected', 'removed', 'lost'],
} as const satisfies Record<Box, readonly string[]>

/** A view of either list. */
export type View = (typeof VIEWS)[Box][number]

/** By what a list is sorted: time of upload, name, number of the establishment at the other end, number of pupils. */
export const SORTS = ['sent', 'name', 'other', 'pupils'] as const

/** A head by which a list is sorted. */
export type Sort = (typeof SORTS)[number]

/** Which files a list shows; what is left out lets all through. */
export interface FileFilter {
  box: Box
  organisation: string
  status?: FileStatus | undefined
  kind?: FileKind | undefined
  /** Only files changed at or after this moment. */
  changedSince?: Date | undefined
  /** Only files uploaded from and to these dates in London, CCYY-MM-DD. */
  sentFrom?: string | undefined
  sentTo?: string | undefined
  /** Downloaded, and nobody has said yet whether correctly. */
  toConfirm?: boolean | undefined
  /** Uploaded by this moment and never fetched. */
  uncollectedBefore?: Date | undefined
  /** In the file's name, or in the name of the establishment at the other end. */
  text?: SoughtText | undefined
}

/** A text as it is sought: in file names, in names by their words, in Welsh names. */
export interface SoughtText {
  inFileName: string
  inName: string
  inWelshName: string
}

/** Where a list goes on: the last file of the page before, by what the list is sorted by. */
export interface Place {
  key: string | number
  uploadedAt: Date
  id: string
}

/** The files of a view, as far as it says which. */
export function filterOfView(
  view: View,
  now: Date,
): Pick<FileFilter, 'status' | 'toConfirm' | 'uncollectedBefore'> {
  switch (view) {
    case 'all':
      return {}
    case 'to-confirm':
      return { status: 'awaiting', toConfirm: true }
    case 'uncollected':
      return { status: 'awaiting', uncollectedBefore: beforeSchoolDays(now, UNCOLLECTED_SCHOOL_DAYS) }
    default:
      return { status: view }
  }
}

/** A text that somebody typed as it is sought; capital or small letters, accents and punctuation do not matter in names. */
export function soughtText(text: string): SoughtText {
  return { inFileName: text.toUpperCase(), inName: nameKey(text), inWelshName: text.toLowerCase() }
}

/** Whether a sort runs from the greatest to the least unless asked otherwise: the newest and the largest files first. */
export function isDescendingAtFirst(sort: Sort): boolean {
  return sort === 'sent' || sort === 'pupils'
}
