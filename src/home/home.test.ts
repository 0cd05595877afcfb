import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { CARDIFF_HIGH, JOHN_FROST } from '../../test/api.ts'
import { changeFile, FILE_STATES, visitorsOf } from '../../test/file-states.ts'
import { openTwoSchools, type TwoSchools } from '../../test/two-schools.ts'
import { newPerson, type PageAnswer } from '../../test/visitor.ts'
import { forEachDatabase } from '../../test/world.ts'
import type { Role } from '../permissions/table.ts'

/** What the page says awaits: number, sentence and where it leads, a line each. */
function awaits({ html }: PageAnswer): string[] {
  const links = html.matchAll(/cts-awaits__link" href="([^"]+)">(.*?)<\/a>/g)
  return [...links].map(([, href, text = '']) => `${text.replaceAll(/<[^>]*>/g, '')} → ${href}`)
}

const mains = ({ html }: PageAnswer): string => /<main[\s\S]*<\/main>/.exec(html)![0]

forEachDatabase((database) => {
  let schools: TwoSchools
  let visitor: ReturnType<typeof visitorsOf>
  before(async () => {
    schools = await openTwoSchools(database)
    visitor = visitorsOf(schools)
    // nothing is said of approvers where there are two
    for (const organisation of [JOHN_FROST, CARDIFF_HIGH, '6804025', '681LLLL', '101LLLL'])
      for (const role of [null, null]) await newPerson(schools.server, { organisation, role, approver: true })
  })
  after(() => schools.close())

  describe('with nothing that awaits', () => {
    const cases: [string, Role | null, RegExp, string[]][] = [
      [JOHN_FROST, 'school-user', /Nothing awaits you today/, ['/upload', '/find-a-school']],
      ['681LLLL', 'lea-user', /Nothing awaits you today/, ['/upload', '/find-a-school']],
      ['681LLLL', 'lea-plasc', /Nothing awaits you today/, ['/find-a-school']],
      [
        '101LLLL',
        'national-administrator',
        /neither sends nor collects/,
        ['/dba', '/find-a-school', '/help'],
      ],
      [JOHN_FROST, null, /neither sends nor collects/, ['/people', '/find-a-school', '/help']],
    ]
    for (const [organisation, role, said, links] of cases) {
      it(`${role ?? 'an approver'} of ${organisation} is shown ${links.join(' and ')}`, async () => {
        const answer = await (await visitor(organisation, role)).get('/')
        assert.equal(answer.status, 200)
        assert.match(answer.html, said)
        assert.deepEqual(
          [...mains(answer).matchAll(/href="([^"]+)"/g)].map(([, href]) => href),
          links,
        )
      })
    }
  })

  it('says of each side what it has to do, with a number and a way there, and nothing else', async () => {
    await FILE_STATES.awaiting(schools)
    const old = await FILE_STATES.awaiting(schools)
    await changeFile(schools, old, `uploaded_at = uploaded_at - interval '9 days'`)
    await FILE_STATES.fetched(schools)
    await FILE_STATES.rejected(schools)
    await FILE_STATES.downloaded(schools)
    const atDestination = await (await visitor(JOHN_FROST, 'school-user')).get('/')
    assert.deepEqual(awaits(atDestination), [
      '2 files wait for you to download them → /download',
      '1 downloaded file waits for your answer: did it arrive correctly? → /download?view=to-confirm',
    ])
    assert.doesNotMatch(mains(atDestination), /\/upload|Nothing awaits/)
    const atSender = await (await visitor(CARDIFF_HIGH, 'school-user')).get('/')
    assert.deepEqual(awaits(atSender), [
      '1 file that you sent was rejected: send it to the right school → /sent?view=rejected',
      '1 file that you sent more than 5 school days ago has not been downloaded → /sent?view=uncollected',
    ])
    const other = await (await visitor('6804025', 'school-user')).get('/')
    assert.deepEqual(awaits(other), [])
    const inWelsh = await (await visitor(JOHN_FROST, 'school-user')).get('/?lang=cy')
    assert.equal(awaits(inWelsh)[0], '2 ffeil yn aros i chi eu lawrlwytho → /download')
  })

  it('every place that it leads to is there', async () => {
    const sender = await visitor(CARDIFF_HIGH, 'school-user')
    for (const path of [
      '/download',
      '/download?view=to-confirm',
      '/sent?view=rejected',
      '/sent?view=uncollected',
    ])
      assert.equal((await sender.get(path)).status, 200, path)
  })
})
