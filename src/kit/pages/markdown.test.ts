import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { headingId, renderMarkdown, type Places } from './markdown.ts'

const PLACES: Places = {
  link: (href) => (href.endsWith('.md') ? `/help/${href.slice(0, -3)}` : href.startsWith('#') ? href : null),
  picture: (href) => (href === 'there.png' ? { src: '/pictures/there.png', width: 40, height: 30 } : null),
}

const render = (text: string): string => renderMarkdown(`# Title\n\n${text}`, PLACES).html.trim()

describe('a text in Markdown becomes HTML with the classes of GOV.UK Frontend', () => {
  const cases: readonly [what: string, text: string, html: string | RegExp][] = [
    ['a paragraph', 'Hello', '<p class="govuk-body">Hello</p>'],
    ['a heading, with its place', '## Log off', '<h2 class="govuk-heading-m" id="log-off">Log off</h2>'],
    [
      'steps',
      '1. One\n2. Two',
      /^<ol class="govuk-list govuk-list--number[^>]*>\s*<li>One<\/li>\s*<li>Two<\/li>/,
    ],
    ['a list', '- One', /^<ul class="govuk-list govuk-list--bullet/],
    ['words of a control', '**Send**', '<p class="govuk-body"><strong>Send</strong></p>'],
    ['a number', '`001`', '<p class="govuk-body"><code class="cts-code">001</code></p>'],
    [
      'a table',
      '| a |\n| - |\n| b |',
      /<th scope="col" role="columnheader" class="govuk-table__header">a<\/th>[^]*<td role="cell" class="govuk-table__cell">b<\/td>/,
    ],
    ['a remark', '> Wait', /^<div class="govuk-inset-text"><p class="govuk-body">Wait<\/p>/],
    [
      'a picture',
      '![What it shows](there.png)',
      '<figure class="cts-figure"><img src="/pictures/there.png" alt="What it shows" width="40" height="30"></figure>',
    ],
    ['a picture that is not there', '![What it shows](missing.png)', ''],
    ['a picture of another host', '![x](https://example.org/there.png)', ''],
  ]
  for (const [what, text, html] of cases) {
    test(what, () => {
      if (typeof html === 'string') assert.equal(render(text), html)
      else assert.match(render(text), html)
    })
  }
})

describe('a link leads only within the help or to an https address', () => {
  const cases: readonly [text: string, to: string | null][] = [
    ['[x](upload.md)', '/help/upload'],
    ['[x](#log-off)', '#log-off'],
    ['[x](https://example.org/a)', 'https://example.org/a'],
    ['[x](http://example.org/)', null],
    ['[x](//example.org/)', null],
    ['[x](/\\example.org/)', null],
    ['[x](\\\\example.org)', null],
    ['[x](javascript:alert(1))', null],
    ['[x](JaVaScRiPt:alert(1))', null],
    ['[x](java&#115;cript:alert(1))', null],
    ['[x](data:text/html,x)', null],
    ['[x](mailto:a@example.org)', null],
    ['<javascript:alert(1)>', null],
    ['[x](elsewhere.txt)', null],
  ]
  for (const [text, to] of cases) {
    test(text, () => {
      const found = /<a [^>]*href="([^"]*)"/.exec(render(text))
      assert.equal(found?.[1] ?? null, to)
    })
  }
})

describe('no HTML and no attribute comes out of a text', () => {
  for (const text of [
    '<script>alert(1)</script>',
    'a <b onclick="x()">b</b>',
    '<img src=x onerror=alert(1)>',
    '## <img src=x onerror=alert(1)>',
    '`<b>`',
    '![" onerror="alert(1)](there.png)',
    '[x](https://example.org/" onclick="alert(1))',
    '| <i>a</i> |\n| - |\n| <i>b</i> |',
    '- <b>x</b>',
    '```"><b>\n<b>\n```',
    '<a href="https://example.org/">x</a>',
  ]) {
    test(text.replaceAll('\n', ' '), () => {
      const html = render(text)
      // what remains when every tag and attribute that is ours is taken away
      const rest = html.replaceAll(
        /<\/?(h2|p|ul|li|code|pre|figure|table|thead|tbody|tr|th|td|img|a|ol)( (class|id|scope|role|src|alt|width|height|href)="[^"<>]*")*>/g,
        '',
      )
      assert.doesNotMatch(rest, /[<>]/, html)
    })
  }
})

test('the title stands apart, and the headings of the second level are listed', () => {
  const { title, sections, html } = renderMarkdown(
    "# Signing in\n\n## Log off\n\n### So\n\n## Allgofnodi'n ôl\n",
    PLACES,
  )
  assert.equal(title, 'Signing in')
  assert.deepEqual(sections, [
    { id: 'log-off', text: 'Log off' },
    { id: 'allgofnodin-ôl', text: "Allgofnodi'n ôl" },
  ])
  assert.doesNotMatch(html, /<h1/)
  assert.equal(headingId('Which e-mails you get?'), 'which-e-mails-you-get')
})

test('a text without a title is refused', () => {
  assert.throws(() => renderMarkdown('## Log off', PLACES), /title/)
  assert.throws(() => renderMarkdown('', PLACES), /title/)
})
