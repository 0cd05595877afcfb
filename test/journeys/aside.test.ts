import { sql } from '../../src/kit/database.ts'
import { wordsOf } from '../../src/kit/i18n.ts'
import { axe } from '../browser-page.ts'
import { journey } from './journey.ts'
import { comesTo, follows, opens, passwordOf, presses, reads, triesToSignIn, words } from './steps.ts'

/** Pages that lie beside the work: each is looked at as a whole in both languages. */
journey(
  'who takes a wrong turn or belongs to two schools finds pages that say so, and the mails of the demonstration',
  { menna: {}, tegfan: { language: 'cy', width: 320 } },
  async ({ menna, tegfan }, { server }) => {
    for (const person of [menna, tegfan]) {
      await opens(person, '/nowhere')
      await comesTo(person, refusal(person.language, 'not-found'))
      await opens(person, '/sign-in/callback?code=x&state=y')
      await comesTo(person, words(person, 'sessions.failed.title'))
      await opens(person, '/signed-out?because=idle')
      await comesTo(person, words(person, 'sessions.signedOut.title'))
      await opens(person, '/secure-access/change-password')
      await comesTo(person, words(person, 'secureAccess.ownChange.title'))
      await opens(person, '/outbox')
      await reads(person, words(person, 'outbox.title'))
      // the mails are in the languages of those who get them
      await axe(person.page)
      await person.page.locator('tbody a').first().click()
      await reads(person, words(person, 'outbox.at'))
      await axe(person.page)
    }

    await sql`
      with joined as (
        insert into accounts.membership (person, organisation, approver, created_at)
        select id, '6804020', false, now() from accounts.person where username = 'rogerstone'
        returning person, organisation
      )
      insert into accounts.held_role (person, organisation, role, given_at)
      select person, organisation, 'school-user', now() from joined`.execute(server.world.db)
    await opens(menna, '/')
    await triesToSignIn(menna, 'rogerstone', passwordOf('rogerstone'))
    await comesTo(menna, words(menna, 'sessions.choose.title'))
    await presses(menna, words(menna, 'continue'))
    await comesTo(menna, words(menna, 'sessions.choose.title'))
    await menna.page.getByLabel('The John Frost School').check()
    await presses(menna, words(menna, 'continue'))
    await comesTo(menna, words(menna, 'home.title'))
    await follows(menna, 'Menna Quillfeather')
    await comesTo(menna, words(menna, 'accounts.account.title'))
  },
)

function refusal(language: 'en' | 'cy', code: string): string {
  return wordsOf(language)(`refusals.${code}.title`)
}
