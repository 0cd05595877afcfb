import assert from 'node:assert/strict'
import type { ZodType } from 'zod'
import { DEMONSTRATION_ACCOUNTS } from '../../src/demonstration-cast.ts'
import { reachOf, type Role } from '../../src/permissions/table.ts'
import { PAGES } from '../../src/serve.ts'
import { checkPage } from '../browser-page.ts'
import type { Person } from '../browser.ts'
import { journey } from './journey.ts'
import { logsOff, menuOf, opens, signsIn } from './steps.ts'

const OF_PEOPLE = ['People', 'Requests', 'School systems', 'Audit of users']

// What each role's menu holds, and what stands beneath its part for those who look after accounts: written by hand from
// the guidance for local authorities §1.6, §3.1 and ICES Bulletin 65 §1.
const MENUS: [username: string, menu: string, section: string[]][] = [
  ['rogerstone', 'Home, Upload, Download, Sent, Find a school, Help', []],
  ['rogerstonehead', 'Home, Upload, Download, Sent, Find a school, People, Help', OF_PEOPLE],
  ['johnfrosthead', 'Home, Find a school, People, Help', OF_PEOPLE],
  [
    'newportdba',
    'Home, Upload, Download, Sent, Find a school, DBA, Help',
    [
      'User maintenance',
      'School maintenance',
      'Maintain LEA details',
      'Requests',
      'School systems',
      'Approver codes',
      'Audit of users',
      'Register of schools',
    ],
  ],
  ['newportclo', 'Home, Find a school, People, Help', OF_PEOPLE],
  ['newportview', 'Home, Find a school, DBA, Help', ['User maintenance', 'School maintenance']],
  ['newportla', 'Home, Upload, Download, Sent, Find a school, Help', []],
  ['cardiffla', 'Home, Upload, Download, Sent, Find a school, Help', []],
  ['newportlost', 'Home, Sent, Find a school, Help', []],
  ['cardifflost', 'Home, Upload, Download, Sent, Find a school, Help', []],
  ['newportplasc', 'Home, Sent, Find a school, Help', []],
  ['newportadmissions', 'Home, Sent, Find a school, Help', []],
  [
    'national',
    'Home, Find a school, DBA, Help',
    [
      'User maintenance',
      'School maintenance',
      'Maintain LEA details',
      'Requests',
      'Approver codes',
      'Audit of users',
      'Database administrators',
      'Register of schools',
    ],
  ],
]

journey(
  'each role sees exactly its own menu, and opens exactly the pages that its column of the table allows',
  { somebody: {} },
  async ({ somebody }) => {
    for (const [username, menu, section] of MENUS) {
      await signsIn(somebody, username)
      assert.equal((await menuOf(somebody)).join(', '), menu, username)
      const way = menu.includes('DBA') ? '/dba' : '/people'
      await opens(somebody, section.length > 0 ? way : '/')
      await checkPage(somebody)
      assert.deepEqual(await sectionOf(somebody), section, username)
      await opensOnlyOwn(somebody, rolesOf(username))
      await opens(somebody, '/')
      await logsOff(somebody)
    }
  },
)

function sectionOf({ page }: Person): Promise<string[]> {
  return page.locator('.cts-section').getByRole('link').allInnerTexts()
}

function rolesOf(username: string): Role[] {
  const { role, approver } = DEMONSTRATION_ACCOUNTS.find((one) => one.username === username)!
  return approver ? [role, 'approver'] : [role]
}

/** Asks for every page that needs no more than its address, as the browser that is signed in. */
async function opensOnlyOwn({ page }: Person, roles: readonly Role[]): Promise<void> {
  const asked = PAGES.filter(
    ({ method, path, action }) =>
      method === 'GET' && !path.includes('{') && (action.input as ZodType).safeParse({}).success,
  )
  assert.ok(asked.length > 20)
  for (const { path, action } of asked) {
    const { permission } = action
    if (typeof permission === 'function') continue
    const may = [permission].flat().some((row) => roles.some((role) => reachOf(role, row)))
    const status = (await page.request.get(path, { maxRedirects: 0 })).status()
    assert.equal(status === 403, !may, `${roles.join(' and ')} at ${path}: ${status}`)
    assert.ok(status < 500, `${path}: ${status}`)
  }
}
