import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserIn, browserName } from './browser-name.ts'

const CASES: [userAgent: string, name: string | null][] = [
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    'Chrome on Windows',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
    'Microsoft Edge on Windows',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  [
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    'Chrome on Chrome OS',
  ],
  ['Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36', 'Chrome'],
  ['Please visit https://evil.example/1.0 (now)', null],
  ['curl/8.5.0', null],
  ['', null],
]

for (const [userAgent, name] of CASES)
  test(`${name ?? 'nobody'} is what calls itself ${userAgent.slice(0, 60)}…`, () =>
    assert.equal(browserName(userAgent), name))

test('a browser is named in Welsh too', () => {
  assert.equal(browserIn('cy', 'Chrome on Windows'), 'Chrome ar Windows')
  assert.equal(browserIn('cy', 'Chrome'), 'Chrome')
  assert.equal(browserIn('en', 'Safari on iOS'), 'Safari on iOS')
})

test('what goes on and on is answered at once', () => {
  const begun = performance.now()
  assert.equal(browserName('Mozilla/5.0 ('.repeat(100_000)), null)
  assert.ok(performance.now() - begun < 500)
  assert.equal(browserName(undefined), null)
})
