import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { csvLine } from './csv.ts'

test('every cell is read back as it was, whatever stands in it', () => {
  const cells = ['plain', 'comma, and "quotes"', 'two\r\nlines', '', 'Ysgol Tŷ Sign', ' spaces ', 7, -3]
  const [read] = parse(csvLine(cells), { record_delimiter: '\r\n' })
  assert.deepEqual(
    read,
    cells.map((cell) => String(cell)),
  )
})

for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1']) {
  test(`a spreadsheet takes ${JSON.stringify(formula)} for text, not for a formula`, () => {
    const [read] = parse(csvLine([formula]), { record_delimiter: '\r\n' })
    assert.deepEqual(read, [`'${formula}`])
  })
}
