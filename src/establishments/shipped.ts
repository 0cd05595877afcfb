import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Tx } from '../kit/database.ts'
import { blankOrganisation } from './differences.ts'
import { DEPARTMENT } from './rules.ts'
import {
  countKnown,
  markLoaded,
  saveLinks,
  saveOrganisations,
  type Link,
  type Organisation,
} from './store.ts'
import { plainHead, readWelshRow } from './welsh-list.ts'

/** Reads a file of register/; see register/README.md for what each is and whose. */
function readShipped(name: string): Record<string, string>[] {
  const text = readFileSync(new URL(`../../register/${name}`, import.meta.url), 'utf8')
  return parse<Record<string, string>>(text, { columns: true })
}

/** The register that ships with the product: the department, the LAs of Wales and England, the schools of Wales. */
export function shippedRegister(): { organisations: Organisation[]; links: Link[]; loaded: string[] } {
  const england = readShipped('authorities-england.csv')
  const wales = readShipped('authorities-wales.csv')
  const schools = readShipped('welsh-schools-2018.csv').map((row) => {
    const heads = new Map(Object.entries(row).map(([head, cell]) => [plainHead(head), cell]))
    const { code, fields, whenNew } = readWelshRow((head) => heads.get(plainHead(head)))!
    return Object.assign(blankOrganisation(code, ''), whenNew, fields)
  })
  return {
    organisations: [
      {
        ...blankOrganisation(DEPARTMENT, 'Department for Education and Welsh Government'),
        nameCy: 'Yr Adran Addysg a Llywodraeth Cymru',
      },
      ...wales.map((la) => authority(la['code']!, la['name_en']!, { nameCy: la['name_cy']! })),
      ...england.map((la) =>
        authority(la['code']!, la['name']!, { status: la['status'] === 'historic' ? 'closed' : 'open' }),
      ),
      ...schools,
    ],
    links: england.flatMap((la) =>
      (la['successors'] ?? '')
        .split(' ')
        .filter((to) => to !== '')
        .map((to) => ({
          from: `${la['code']}LLLL`,
          to: `${to}LLLL`,
          type: 'successor' as const,
          date: null,
        })),
    ),
    loaded: wales.map((la) => la['code']!),
  }
}

function authority(la: string, name: string, more: Partial<Organisation>): Organisation {
  return Object.assign(blankOrganisation(`${la}LLLL`, name), more)
}

/**
 * Loads what of the shipped register the database does not have yet. Nothing that is there is changed: a school that
 * was imported or corrected since stays as it is.
 */
export async function loadShippedRegister(tx: Tx): Promise<void> {
  const { organisations, links, loaded } = shippedRegister()
  const codes = organisations.map((one) => one.code)
  if ((await countKnown(tx, codes)) === codes.length) return
  const authorities = new Map(
    organisations.filter((one) => one.kind === 'authority').map((one) => [one.code, one]),
  )
  await saveOrganisations(tx, organisations, authorities, 'keep')
  await saveLinks(tx, links)
  await markLoaded(tx, loaded)
}
