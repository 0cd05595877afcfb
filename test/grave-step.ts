import { z } from 'zod'
import { action } from '../src/permissions/action.ts'
import { page, type AnyPage } from '../src/permissions/page.ts'
import { PAGES } from '../src/serve.ts'

/** Where a step stands that asks its person again who it is, and its form is sent to. */
export const GRAVE_STEP = '/grave-step'

/** How often the step was taken. */
export const taken = { times: 0 }

const graveStep = action({
  name: 'test.grave-step',
  permission: 'own-account',
  input: z.strictObject({ of: z.string().optional() }),
  asksAgain: true,
  find: () => Promise.resolve({}),
  business: () => [],
  run: () => Promise.resolve(null),
  auditSubject: () => null,
})

/** Puts the step among the pages of the services that are opened from then on in this process. */
export function addGraveStep(): void {
  const pages = PAGES as AnyPage[]
  const data = { title: 'The grave step', detail: '' }
  pages.push(
    page({
      method: 'GET',
      path: GRAVE_STEP,
      action: graveStep,
      query: ['of'],
      show: () => ({ view: 'kit/pages/views/refused.njk', data }),
    }),
    page({
      method: 'POST',
      path: GRAVE_STEP,
      action: graveStep,
      show() {
        taken.times += 1
        return { to: '/account' }
      },
    }),
  )
}
