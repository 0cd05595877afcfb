import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Refusal } from '../kit/refusal.ts'
import { resolveLinks } from './links.ts'
import { readLinksFile, readRegisterFile } from './register-file.ts'

const GIAS = fileURLToPath(new URL('test-data/gias.csv', import.meta.url))
const LINKS = fileURLToPath(new URL('test-data/links.csv', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'cts-register-'))
after(() => rmSync(folder, { recursive: true }))

function file(content: string | Buffer): string {
  const path = join(folder, 'list.csv')
  writeFileSync(path, content)
  return path
}

describe('a full GIAS extract of 139 columns in cp1252', () => {
  test('is read whole: names with their accents, counts, and each bad row with its line', async () => {
    const read = await readRegisterFile(GIAS)
    assert.equal(read.format, 'gias')
    assert.equal(read.encoding, 'windows-1252')
    assert.equal(read.rows.get('2022001')?.fields.nameEn, 'St Cedd’s Primary School')
    assert.equal(read.rows.get('2026001')?.fields.nameEn, 'Café School')
    assert.deepEqual([read.read, read.rows.size, read.withoutNumber, read.duplicates], [18, 13, 1, 1])
    assert.deepEqual(read.bad, [
      { line: 11, reason: 'code' },
      { line: 18, reason: 'name' },
      { line: 19, reason: 'columns' },
    ])
  })

  test('of two rows with one number the open school counts, and both URNs lead to it', async () => {
    const { rows, urns } = await readRegisterFile(GIAS)
    assert.equal(rows.get('2024003')?.urn, '900005')
    assert.equal(urns.get('900004'), '2024003')
  })

  test('gives status, dates, sector and the number a school had before', async () => {
    const { rows } = await readRegisterFile(GIAS)
    const { status, closed, opened } = rows.get('2024001')!.fields
    assert.deepEqual([status, closed, opened], ['closed', '2020-08-31', '1998-09-01'])
    assert.equal(rows.get('2022012')?.fields.status, 'open')
    assert.equal(rows.get('2022016')?.fields.status, 'proposed')
    assert.equal(rows.get('2021101')?.fields.sector, 'pru')
    assert.equal(rows.get('2026001')?.fields.sector, 'independent')
    assert.equal(rows.get('2025001')?.previous, '2095001')
  })

  test('says of a Welsh school whether it is open, and leaves its name and address to the Welsh list', async () => {
    const { fields, whenNew } = (await readRegisterFile(GIAS)).rows.get('6814039')!
    assert.deepEqual(Object.keys(fields).sort(), ['closed', 'opened', 'status', 'urn'])
    assert.equal(whenNew.nameEn, 'CARDIFF HIGH')
  })
})

describe('other forms of a list', () => {
  const HEADS = 'URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,CloseDate,Town,Postcode'

  test('UTF-8, with and without a byte order mark', async () => {
    for (const mark of ['', '\uFEFF']) {
      const { encoding, rows } = await readRegisterFile(
        file(`${mark}${HEADS}\n900001,202,Camden,2001,Ysgol Llŷr,,London,NW1 1AA\n`),
      )
      assert.equal(encoding, 'utf-8')
      assert.equal(rows.get('2022001')?.fields.nameEn, 'Ysgol Llŷr')
    }
  })

  test('a reduced extract: what it has no column for is not compared', async () => {
    const { rows } = await readRegisterFile(
      file(`${HEADS}\n900001,202,Camden,2001,School,31-08-2020,London,nw11aa\n`),
    )
    assert.deepEqual(rows.get('2022001')?.fields, {
      urn: '900001',
      status: 'closed',
      closed: '2020-08-31',
      nameEn: 'School',
      town: 'London',
      postcode: 'NW1 1AA',
    })
    assert.deepEqual(rows.get('2022001')?.whenNew, { sector: 'maintained' })
  })

  test('the Welsh address list by the heads of its publisher, below a title', async () => {
    const welsh = `Address list of schools in Wales,,,,,,,
School Number,School Name,LA Code,Local Authority,Sector,Address 1,Address 2,Postcode
6804999,Ysgol Newydd,680,Newport,Secondary,Lighthouse Road,Newport,NP10 8YD
6801199,Uned Newydd,680,Newport,PRU,1 Stow Hill,Newport,NP20 4DW
680499,Ysgol Wallus,680,Newport,Secondary,Lighthouse Road,Newport,NP10 8YD
`
    const { format, rows, bad } = await readRegisterFile(file(welsh))
    assert.equal(format, 'welsh')
    assert.deepEqual(rows.get('6804999')?.fields, {
      nameEn: 'Ysgol Newydd',
      address: ['Lighthouse Road', 'Newport'],
      town: 'Newport',
      postcode: 'NP10 8YD',
      status: 'open',
      closed: null,
      sector: 'maintained',
    })
    assert.equal(rows.get('6801199')?.fields.sector, 'pru')
    assert.deepEqual(bad, [{ line: 5, reason: 'code' }])
  })

  test('a file that is neither is refused, naming the columns of both', async () => {
    for (const content of ['', 'a,b\n1,2\n', '<xml/>', Buffer.from([0, 255, 254, 10, 0])]) {
      await assert.rejects(readRegisterFile(file(content)), (error: unknown) => {
        assert.ok(error instanceof Refusal)
        assert.equal(error.code, 'register-columns')
        assert.deepEqual(error.detail.params, {
          gias: 'URN, LA (code), EstablishmentNumber, EstablishmentName',
          welsh: 'School Number, School Name, Address 1, Postcode',
        })
        return true
      })
    }
  })

  test('a quotation mark that is never closed costs its own row, which is reported', async () => {
    const rows = Array.from(
      { length: 9000 },
      (_, n) => `9${1000 + n},202,Camden,${1000 + n},School,,London,NW1 1AA\n`,
    )
    rows.splice(10, 0, '900000,202,Camden,9999,"School,,London,NW1 1AA\n')
    rows.splice(20, 1, '91019,202,Camden,1019,"School of\nTwo ""Lines""",,London,NW1 1AA\n')
    rows.push('900001,202,Camden,9998,"School,,London,NW1 1AA')
    const read = await readRegisterFile(file(`${HEADS}\n${rows.join('')}`))
    assert.equal(read.rows.size, 9000)
    assert.equal(read.rows.get('2021019')?.fields.nameEn, 'School of Two "Lines"')
    assert.deepEqual(read.bad, [
      { line: 12, reason: 'quotes' },
      { line: 9004, reason: 'quotes' },
    ])
  })

  test('a line without end costs no memory', async () => {
    const read = await readRegisterFile(
      file(`${HEADS}\n900001,202,Camden,2001,School,,London,NW1 1AA\n${'x'.repeat(5e6)}`),
    )
    assert.equal(read.rows.size, 1)
    assert.deepEqual(read.bad, [{ line: 3, reason: 'quotes' }])
  })

  test('control characters in a name are refused with their line', async () => {
    const { bad, rows } = await readRegisterFile(
      file(`${HEADS}\n900001,202,Camden,2001,Sch\u0007ool,,London,NW1 1AA\n`),
    )
    assert.deepEqual(bad, [{ line: 2, reason: 'name' }])
    assert.equal(rows.size, 0)
  })
})

describe('the links of GIAS', () => {
  test('lead from the earlier to the later, whichever end they stand with; the others are skipped', async () => {
    const { links, read, skipped } = await readLinksFile(LINKS)
    assert.deepEqual([read, skipped], [7, 1])
    assert.deepEqual(links[1], {
      from: '900002',
      to: '900003',
      type: 'successor',
      date: '2020-09-01',
      directed: true,
    })
    assert.deepEqual(links[3], {
      from: '900011',
      to: '900012',
      type: 'merged',
      date: '2022-09-01',
      directed: true,
    })
  })

  test('become links between codes: both rows of one link are one, a number kept needs none, an unknown end is counted', async () => {
    const { links } = await readLinksFile(LINKS)
    const { urns } = await readRegisterFile(GIAS)
    const closed = ['2022011', '2022013', '2024001']
    const resolved = resolveLinks(
      links,
      (urn) => urns.get(urn),
      (code) => closed.includes(code),
    )
    assert.deepEqual(resolved, {
      unknown: 1,
      links: [
        { from: '2024001', to: '2024002', type: 'successor', date: '2020-09-01' },
        { from: '2022011', to: '2022012', type: 'merged', date: '2022-09-01' },
        { from: '2022013', to: '2022012', type: 'amalgamated', date: null },
      ],
    })
  })

  test('a file of another form is refused', async () => {
    await assert.rejects(readLinksFile(GIAS), { code: 'links-columns' })
  })
})
