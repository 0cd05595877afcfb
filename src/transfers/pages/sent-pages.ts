import { listPages } from './list-pages.ts'

/** The list of sent files. */
export const sentPages = listPages('sent')
