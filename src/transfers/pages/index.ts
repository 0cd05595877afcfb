import type { AnyPage } from '../../permissions/page.ts'
import { downloadPages } from './download-pages.ts'
import { filePages } from './file-pages.ts'
import { pupilPages } from './pupil-pages.ts'
import { readdressPages } from './readdress-pages.ts'
import { sentPages } from './sent-pages.ts'
import { takeOverPages } from './take-over-pages.ts'
import { uploadPages } from './upload-pages.ts'

/** The pages of this room. */
export const pages: readonly AnyPage[] = [
  ...uploadPages,
  ...filePages,
  ...pupilPages,
  ...readdressPages,
  ...downloadPages,
  ...takeOverPages,
  ...sentPages,
]
