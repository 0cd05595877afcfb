import assert from 'node:assert/strict'
import { test } from 'node:test'
import { turnPage, type PageAsked } from './turn-page.ts'

const ALL = [1, 2, 3, 4, 5, 6, 7]

/** Seven numbers, three a page. */
const turn = (asked: Partial<PageAsked<number>>): Promise<unknown> =>
  turnPage({ descending: false, limit: 3, ...asked }, ({ descending, after, limit }) => {
    const rows = descending ? ALL.toReversed() : ALL
    const behind = rows.filter((one) => after === null || (descending ? one < after : one > after))
    return Promise.resolve(behind.slice(0, limit))
  })

const CASES: [title: string, Partial<PageAsked<number>>, number[], next: boolean, previous: boolean][] = [
  ['the first page', {}, [1, 2, 3], true, false],
  ['the second', { after: 3 }, [4, 5, 6], true, true],
  ['the last', { after: 6 }, [7], false, true],
  ['back from the last', { before: 7 }, [4, 5, 6], true, true],
  ['back to the first', { before: 4 }, [1, 2, 3], true, false],
  ['before the first', { before: 1 }, [], true, false],
  ['behind the last', { after: 7 }, [], false, true],
  ['the first from the other end', { descending: true }, [7, 6, 5], true, false],
  ['back there', { descending: true, before: 1 }, [4, 3, 2], true, true],
  ['all on one page', { limit: 7 }, ALL, false, false],
]

for (const [title, asked, items, hasNext, hasPrevious] of CASES)
  test(title, async () => assert.deepEqual(await turn(asked), { items, hasNext, hasPrevious }))
