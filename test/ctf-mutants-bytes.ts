import { chance, type Chance } from '../src/ctf/prng.ts'
import { listed } from './ctf-mutants-values.ts'
import { VALID_FILES } from './ctf-mutants.ts'

/** What is put into files that are spoilt: pieces of markup, characters that no file may have, and many of them. */
const SPLINTERS: readonly string[] = listed(
  '<!DOCTYPE a>|<!DOCTYPE a [<!ENTITY x "y">]>|&x;|&lt;|&#0;|&#x20;|&#xD800;|&#x85;|&|&amp|]]>',
  '<![CDATA[|<![CDATA[x]]>|<!--|-->|<!-- x -->|<!-- -- -->|<?xml|<?x?>|?>|<?xml version="1.0"?>',
  '\u0000|\u0001|\u007f|\u0085|\u200f|\u202e|\ufffe|\ufeff|\u2028|\ud800|ÿþ|</|/>|>|<|="|\'|<a b=c>',
  '<a b="1" b="2"/>|<a:b:c/>|<x:a/>|<1/>|</UPN>|</a>|<a/>',
  `${'<a>'.repeat(70)}|<a b="<"/>|<a ${'a'.repeat(120)}="1"/>|${'x'.repeat(300_000)}`,
  '<a xmlns:b=""/>|<xmlns:a/>',
)

type Spoiling = (document: Buffer, luck: Chance) => Buffer

const SPOILINGS: Record<string, Spoiling> = {
  'bits flipped'(document, luck) {
    const spoilt = Buffer.from(document)
    for (let flips = 1 + luck.number(4); flips > 0; flips--)
      spoilt[luck.number(spoilt.length)]! ^= 1 << luck.number(8)
    return spoilt
  },
  'end cut off': (document, luck) => document.subarray(0, luck.number(document.length + 1)),
  'beginning cut off': (document, luck) => document.subarray(luck.number(document.length)),
  'middle cut out'(document, luck) {
    const at = luck.number(document.length)
    return Buffer.concat([document.subarray(0, at), document.subarray(at + 1 + luck.number(20))])
  },
  'tokens swapped'(document, luck) {
    const tokens = tokensOf(document)
    for (let swaps = 1 + luck.number(4); swaps > 0; swaps--) {
      const [one, other] = [luck.number(tokens.length), luck.number(tokens.length)]
      ;[tokens[one], tokens[other]] = [tokens[other]!, tokens[one]!]
    }
    return Buffer.from(tokens.join(''), 'latin1')
  },
  'token repeated'(document, luck) {
    const tokens = tokensOf(document)
    const at = luck.number(tokens.length)
    tokens[at] = tokens[at]!.repeat(luck.number(200))
    return Buffer.from(tokens.join(''), 'latin1')
  },
  'something put in'(document, luck) {
    const at = luck.number(document.length)
    const put = Buffer.from(luck.pick(SPLINTERS), luck.pick(['utf8', 'utf8', 'latin1', 'utf16le']))
    return Buffer.concat([document.subarray(0, at), put, document.subarray(at)])
  },
  'something put between'(document, luck) {
    const tokens = tokensOf(document)
    tokens.splice(
      luck.number(tokens.length),
      luck.number(2),
      Buffer.from(luck.pick(SPLINTERS)).toString('latin1'),
    )
    return Buffer.from(tokens.join(''), 'latin1')
  },
  'another declaration'(document, luck) {
    const body = document.toString().replace(/^<\?xml[^>]*>\n?/, '')
    const declaration = luck.pick(DECLARATIONS)
    const encoding = luck.pick(['utf8', 'utf8', 'latin1', 'utf16le'] as const)
    return Buffer.from(luck.pick(['', '\ufeff']) + declaration + body, encoding)
  },
}

const DECLARATIONS = listed(
  "|<?xml version=\"1.0\"?>|<?xml version='1.0' encoding='utf-8'?>",
  '<?xml version="1.0" encoding="UTF-16"?>|<?xml version="1.0" encoding="ISO-8859-1"?>',
  '<?xml version="1.0" encoding="windows-1252"?>|<?xml version="1.0" encoding="UTF-7"?>',
  '<?xml version="1.0" encoding="EBCDIC-CP-US"?>|<?xml version="1.0" encoding="x"?>',
  '<?xml version="1.1"?>|<?xml encoding="UTF-8"?>| <?xml version="1.0"?>',
  '<?xml version="1.0" standalone="yes"?>|<?XML version="1.0"?>',
  '<?xml version="1.0" standalone="maybe"?>|<?xml version="1.0"encoding="UTF-8"?>|<?xml?>',
)

const tokensOf = (document: Buffer): string[] => document.toString('latin1').match(/<[^>]*>?|[^<]+/g) ?? ['']

/** A file that was valid until its bytes were changed. */
export interface SpoiltFile {
  /** What was done to which file, by its number. */
  title: string
  /** Of the file that it was made of. */
  version: number
  document: Buffer
}

const files = VALID_FILES.map(({ title, version, xml }) => ({ title, version, document: Buffer.from(xml) }))

/** Valid files, each spoilt in one of many ways or in two, so many of them; some are still well formed. The same seed gives the same. */
export function* spoiltFiles(seed: number, count: number): Generator<SpoiltFile> {
  const luck = chance(seed)
  const kinds = Object.keys(SPOILINGS)
  for (let index = 0; index < count; index++) {
    const kind = kinds[index % kinds.length]!
    const file = luck.pick(files)
    let document = SPOILINGS[kind]!(file.document, luck)
    if (document.length > 0 && luck.once(6)) document = SPOILINGS[luck.pick(kinds)]!(document, luck)
    yield { title: `${index} ${kind} in ${file.title}`, version: file.version, document }
  }
}
