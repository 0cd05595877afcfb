import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ParseOption, XmlDocument } from 'libxml2-wasm'
import { drawPicture } from './draw.ts'
import type { MarkWeek, Picture } from './shape.ts'
import { GREY, INK, TEAL } from './svg.ts'

const year = { label: '2025', possible: 380, attended: 360, authorised: 12, unauthorised: 4 }

const week = (marks: string): MarkWeek => ({ monday: '2025-09-01', marks: Array.from(marks) })

const point = (year: number, value: number, status = 'R') => ({ year, value, raw: String(value), status })

const PICTURES: Record<string, Picture> = {
  'attendance of several years': {
    is: 'attendance',
    years: [year, { ...year, label: '2024', attended: 376, authorised: 4, unauthorised: 0 }],
  },
  'a label that would be a tag': { is: 'attendance', years: [{ ...year, label: '<b>"&' }] },
  'five days of marks': { is: 'marks', days: 5, weeks: [week('/\\/\\II##GG'), week('BBL\\/\\/\\/\\')] },
  'seven days of marks': { is: 'marks', days: 7, weeks: [week('/\\/\\/\\/\\/\\####')] },
  'one result': { is: 'results', years: [2025], series: [{ label: 'ENG TA', points: [point(2025, 4)] }] },
  'results over years, a target among them': {
    is: 'results',
    years: [2018, 2022, 2025],
    series: [
      { label: 'ENG TA', points: [point(2018, 2), point(2022, 4), point(2025, 6, 'T')] },
      { label: 'MAT TT MTC', points: [point(2022, 0), point(2022, 25)] },
    ],
  },
  'more years than there is room for': {
    is: 'results',
    years: Array.from({ length: 12 }, (_, index) => 2010 + index),
    series: [
      { label: 'ENG TA', points: Array.from({ length: 12 }, (_, index) => point(2010 + index, index)) },
    ],
  },
}

for (const [title, picture] of Object.entries(PICTURES)) {
  for (const language of ['en', 'cy'] as const) {
    test(`${title} (${language}): an image with title and description, without style, within its frame`, () => {
      const svg = drawPicture(picture, 'one', language)
      const document = XmlDocument.fromString(svg, { option: ParseOption.XML_PARSE_NONET })
      document.dispose()
      assert.match(
        svg,
        /^<svg class="cts-picture" role="img" viewBox="0 0 320 \d+" aria-labelledby="one-title one-text"><title id="one-title">[^<]{5,}<\/title><desc id="one-text">[^<]{5,}<\/desc>/,
      )
      assert.doesNotMatch(svg, /style=|<style|NaN|undefined|Infinity/)
      const height = Number(/viewBox="0 0 320 (\d+)"/.exec(svg)![1])
      for (const [, x, y] of svg.matchAll(/<(?:text|circle) c?x="([-\d.]+)[^"]*" c?y="([-\d.]+)/g)) {
        assert.ok(Number(x) >= 0 && Number(x) <= 320, `x ${x}`)
        assert.ok(Number(y) >= 0 && Number(y) <= height, `y ${y} of ${height}`)
      }
    })
  }
}

describe('what is not told by colour alone', () => {
  test('parts of a year are told apart by pattern', () => {
    const svg = drawPicture(PICTURES['attendance of several years']!, 'one', 'en')
    for (const fill of [TEAL, 'url(#one-hatched)', 'url(#one-dotted)', '#fff'])
      assert.ok(svg.includes(`fill="${fill}"`), fill)
  })

  test('every mark stands in its box as a letter', () => {
    const svg = drawPicture(PICTURES['five days of marks']!, 'one', 'en')
    const texts = svg.matchAll(/<text x="([\d. ]+)" y="([\d. ]+)"[^>]*font-size="13"[^>]*>([^<]+)</g)
    const letters = [...texts].flatMap(([, x = '', y = '', marks = '']) => {
      const ys = y.split(' ')
      return x.split(' ').map((at, index) => ({ x: Number(at), y: Number(ys[index]), mark: marks[index] }))
    })
    const inPlace = letters.filter(({ x }) => x > 100).sort((a, b) => a.y - b.y || a.x - b.x)
    assert.equal(inPlace.map(({ mark }) => mark).join(''), '/\\/\\II##GGBBL\\/\\/\\/\\')
  })

  test('every result stands beside its dot as a number; one that is no result yet is hollow', () => {
    const svg = drawPicture(PICTURES['results over years, a target among them']!, 'one', 'en')
    assert.equal(svg.match(/<circle/g)?.length, 5)
    assert.equal(svg.match(/<circle[^>]*fill="#fff"/g)?.length, 1)
    for (const result of ['2', '4', '6', '0', '25']) assert.ok(svg.includes(`>${result}</text>`), result)
  })

  test('every colour of a line or area stands out from white by 3 to 1 at least', () => {
    for (const colour of [INK, GREY, TEAL]) {
      const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      const [red, green, blue] = parts.map((part) =>
        part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
      ) as [number, number, number]
      const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
      assert.ok(1.05 / (luminance + 0.05) >= 3, colour)
    }
  })
})

test('a bar is as long as its share, and all of them as the whole', () => {
  const svg = drawPicture({ is: 'attendance', years: [year] }, 'one', 'en')
  const widths = [...svg.matchAll(/<rect x="[\d.]+" y="18" width="([\d.]+)"/g)].map(([, width]) =>
    Number(width),
  )
  assert.deepEqual(
    widths.map((width) => Math.round((width / 318) * 380)),
    [360, 12, 4, 4],
  )
})

test('two pictures of a page share no id', () => {
  const ids = ['one', 'two'].flatMap((id) =>
    [...drawPicture(PICTURES['five days of marks']!, id, 'en').matchAll(/ id="([^"]+)"/g)].map(
      ([, found]) => found,
    ),
  )
  assert.equal(new Set(ids).size, ids.length)
})
