import { setImmediate as othersTurn } from 'node:timers/promises'
import { renderView } from '../../kit/pages/render.ts'
import { page, type AnyPage, type PageExchange, type Shown } from '../../permissions/page.ts'
import { problemOf } from '../../kit/problem.ts'
import type { Refusal } from '../../kit/refusal.ts'
import { refusedOnFile } from './file-pages.ts'
import { LOOKED_AT, lookAtFile, type LookedAt } from '../look-at-file.ts'
import { offerUpload } from '../offer-upload.ts'
import { openPupil } from '../open-pupil.ts'
import { shownFindings } from './shown-findings.ts'
import { shownPupil } from './shown-pupil.ts'

/** A file that was looked at: what was found in it as a whole, then pupil by pupil. */
async function lookOf(looked: LookedAt, { world, language, words }: PageExchange): Promise<object> {
  const { name, findings, findingCount, pupilCount } = looked
  const pupils: { index: number; name: string; found: number; html: string }[] = []
  for (const one of looked.pupils) {
    // fifty pupils are much to render: others get their turn in between
    await othersTurn()
    const pupil = shownPupil(one, findings, language, true)
    const found = findings.filter((finding) => finding.pupil?.index === one.index).length
    const frame = { language, inLanguage: { en: '', cy: '' }, data: { pupil }, now: world.clock.now() }
    const html = renderView('transfers/views/look-pupil.njk', frame)
    pupils.push({ index: one.index, name: pupil.name, found, html })
  }
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

/** These are not about the file: the page of refusals says them. */
const NOT_OF_THE_FILE = ['form-stale', 'foreign-form']

/** What is wrong with what was sent is said at its field, above the form. */
function refusedLook(
  refusal: Refusal,
  { language, words }: PageExchange,
  typed: Record<string, unknown>,
): Shown | null {
  const { code, status } = refusal
  if (NOT_OF_THE_FILE.includes(code)) return null
  const field = code === 'input' ? refusal.detail.params?.['field'] : null
  const isMissing = code === 'no-file' || field === 'name'
  const { title, detail } = problemOf(refusal, language)
  const k = 'pages.transfers.look'
  const error =
    field === 'from'
      ? { href: '#from', text: words(`${k}.fromWrong`) }
      : { href: '#file', text: isMissing ? words(`${k}.noFile`) : `${title}. ${detail}` }
  const data = { most: LOOKED_AT, from: typed['from'], errors: [error] }
  return { view: 'transfers/views/look.njk', status, data }
}

/** What a file says of its pupils: of one that was sent, and of one before it is sent. */
export const pupilPages: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: '/files/{id}/pupils/{index}',
    action: openPupil,
    show({ file, ...pupil }, { language }) {
      const { index } = pupil
      return {
        view: 'transfers/views/pupil.njk',
        data: {
          file,
          pupil: shownPupil(pupil, file.findings, language),
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
    show: async (looked, exchange) => ({
      view: 'transfers/views/look.njk',
      data: { most: LOOKED_AT, look: await lookOf(looked, exchange) },
    }),
    refused: refusedLook,
  }),
]
