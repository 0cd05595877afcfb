import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { newPerson, visitorOf } from '../../test/visitor.ts'
import english from '../../locales/en.json' with { type: 'json' }
import { sampleCtf } from '../ctf/index.ts'
import { CTF_RULES, SUBJECTS } from '../ctf/rules.ts'
import { LANGUAGES } from '../kit/i18n.ts'
import { PLACEHOLDERS, listRules, readRuleFilter } from './ctf-rules.ts'

let server: TestServer

before(async () => {
  server = await openTestServer('embedded')
})

after(() => server.close())

async function page(query: string): Promise<string> {
  const answer = await fetch(`${server.url}/help/ctf-rules${query}`)
  assert.equal(answer.status, 200)
  return answer.text()
}

/** The rules that a page shows, by their anchors. */
const shown = (html: string): string[] => [...html.matchAll(/ id="(ctf-\d{3})"/g)].map(([, id = '']) => id)

test('the page is open to everybody and shows every rule, in both languages', async () => {
  for (const language of LANGUAGES) {
    const html = await page(`?lang=${language}`)
    assert.match(html, new RegExp(`<html lang="${language}"`))
    assert.deepEqual(
      shown(html).toSorted(),
      CTF_RULES.map(({ rule }) => rule),
    )
    assert.doesNotMatch(html, /\{\{|undefined/)
  }
})

test('links narrow it to a severity and a subject, and what is not known shows all', async () => {
  const html = await page('?severity=error&subject=needs')
  const wanted = CTF_RULES.filter(({ severity, subject }) => severity === 'error' && subject === 'needs')
  assert.ok(wanted.length > 1)
  assert.deepEqual(
    shown(html),
    wanted.map(({ rule }) => rule),
  )
  // each list keeps what the other has chosen
  assert.match(html, /href="\/help\/ctf-rules\?severity=warning&amp;subject=needs"/)
  assert.match(html, /href="\/help\/ctf-rules\?severity=error"/)
  assert.equal([...html.matchAll(/aria-current="true"/g)].length, 2)
  assert.equal(shown(await page('?severity=x&subject=constructor')).length, CTF_RULES.length)
})

test('a finding of an upload leads to its rule', async () => {
  const person = await newPerson(server, { organisation: '6814039', role: 'school-user' })
  const secretary = await visitorOf(server, person)
  const { name, bytes } = sampleCtf({
    pupils: 1,
    seed: 7,
    source: '6814039',
    destination: '6804020',
    today: '2026-11-22',
  })
  const wrong = Buffer.from(bytes).toString().replace('<EthnicitySource>P</EthnicitySource>', '')
  const { html } = await secretary.sendForm('/upload', {}, { name, bytes: Buffer.from(wrong) })
  assert.match(html, /<a class="govuk-link" href="\/help\/ctf-rules#ctf-330">/)
})

test('every subject has rules, and every rule is in one of them', () => {
  for (const subject of SUBJECTS) {
    const { count, subjects } = listRules('cy', readRuleFilter({ subject }))
    assert.ok(count > 0 && subjects.length === 1, subject)
  }
})

test('what the words of rules fill in is named, and nothing else is', () => {
  const named = JSON.stringify(english.ctf.rules).matchAll(/\{\{(\w+)\}\}/g)
  assert.deepEqual([...new Set([...named].map(([, name = '']) => name))].toSorted(), [...PLACEHOLDERS])
})
