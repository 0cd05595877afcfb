import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import type { Refusal } from '../../kit/refusal.ts'
import { refusedOnFile } from './file-pages.ts'
import { LOOKED_AT, lookAtFile, type LookedAt } from '../look-at-file.ts'
import { offerUpload } from '../offer-upload.ts'
import { openPupil } from '../open-pupil.ts'
import { shownFindings } from './shown-findings.ts'
import { shownPupil } from './shown-pupil.ts'

/** A file that was looked at: what was found in it as a whole, then pupil by pupil. */
function lookOf(looked: LookedAt, { language, words }: PageExchange): object {
  const { name, findings, findingCount, pupilCount } = looked
  const pupils = looked.pupils.map((pupil) => {
    const shown = shownPupil(pupil, findings, language, words)
    const found = findings.filter((finding) => finding.pupil?.index === pupil.index).length
    return { ...shown, found }
  })
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const whole = findings.filter(({ pupil }) => !pupil)
  const last = pupils.at(-1)?.index ?? 0
  return {
    name,
    errors,
    findingCount,
    unshown: findingCount - findings.length,
    whole: whole.length > 0 ? shownFindings(whole, words) : null,
    pupils,
    pupilCount,
    first: pupils[0]?.index ?? 0,
    last,
    next: last > 0 && last < pupilCount ? last + 1 : null,
  }
}

/** The file that is missing, or the number that is none, is said at its field. */
function refusedLook(
  refusal: Refusal,
  { words }: PageExchange,
  typed: Record<string, unknown>,
): Shown | null {
  const field = refusal.detail.params?.['field']
  const k = 'pages.transfers.look'
  const isFile = refusal.code === 'no-file' || (refusal.code === 'input' && field === 'name')
  if (isFile) return formAgain('#file', words(`${k}.noFile`))
  if (refusal.code === 'input' && field === 'from') return formAgain('#from', words(`${k}.fromWrong`))
  return null

  function formAgain(href: string, text: string): Shown {
    const data = { most: LOOKED_AT, from: typed['from'], errors: [{ href, text }] }
    return { view: 'transfers/views/look.njk', status: refusal.status, data }
  }
}

/** What a file says of its pupils: of one that was sent, and of one before it is sent. */
export const pupilPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/files/{id}/pupils/{index}',
    action: openPupil,
    show({ file, ...pupil }, { language, words }) {
      const { index } = pupil
      return {
        view: 'transfers/views/pupil.njk',
        data: {
          file,
          pupil: shownPupil(pupil, file.findings, language, words),
          previous: index > 1 ? index - 1 : null,
          next: index < file.pupils ? index + 1 : null,
        },
      }
    },
    refused: refusedOnFile,
  }),
  page({
    method: 'GET',
    path: '/upload/look',
    action: offerUpload,
    show: () => ({ view: 'transfers/views/look.njk', data: { most: LOOKED_AT } }),
  }),
  page({
    method: 'POST',
    path: '/upload/look',
    action: lookAtFile,
    file: true,
    show: (looked, exchange) => ({
      view: 'transfers/views/look.njk',
      data: { most: LOOKED_AT, look: lookOf(looked, exchange) },
    }),
    refused: refusedLook,
  }),
]
