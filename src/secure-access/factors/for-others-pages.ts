import { page, type AnyPage } from '../../permissions/page.ts'
import { makeOneTimePassword, offerOneTimePassword, offerResetFactors, resetFactors } from './for-others.ts'

const PERSON = '/people/{organisation}/{id}'
const VIEWS = 'secure-access/views/'

/** What is done for a person who cannot sign in, beneath the person's own page. */
export const factorsForOthers: readonly AnyPage[] = [
  page({
    method: 'GET',
    path: `${PERSON}/one-time-password`,
    action: offerOneTimePassword,
    show: (data) => ({ view: `${VIEWS}one-time-password.njk`, data }),
  }),
  page({
    method: 'POST',
    path: `${PERSON}/one-time-password`,
    action: makeOneTimePassword,
    show: (data) => ({ view: `${VIEWS}one-time-password-made.njk`, data }),
  }),
  page({
    method: 'GET',
    path: `${PERSON}/reset-factors`,
    action: offerResetFactors,
    show: (data) => ({ view: `${VIEWS}reset-factors.njk`, data }),
  }),
  page({
    method: 'POST',
    path: `${PERSON}/reset-factors`,
    action: resetFactors,
    show: ({ organisation, id, name }) => ({
      to: `/people/${organisation}/${id}`,
      notice: { key: 'pages.secureAccess.resetFactors.done', params: { name } },
    }),
  }),
]
