import { CTF_MODEL } from '../src/ctf/model.ts'
import { chance, type Chance } from '../src/ctf/prng.ts'
import { validFiles, type ValidFile } from './ctf-mutants-files.ts'
import {
  copyOf,
  isValue,
  readTree,
  standsIn,
  writeTree,
  type Branch,
  type Stand,
} from './ctf-mutants-tree.ts'
import { listed, longValue, ODD_VALUES } from './ctf-mutants-values.ts'

/** A file that was valid until something in it was changed; some are still. */
export interface Mutant {
  /** What was changed in which file, by its number. */
  title: string
  /** What was changed, e.g. `removed`. */
  kind: string
  /** Of the file that it was made of. */
  version: number
  document: Buffer
}

/** Changes a tree, unless there is nothing in it to change so. */
type Mutation = (root: Branch, luck: Chance, version: number) => void

/** Changes of what stands in a file, with one document in the end, always well formed. */
const MUTATIONS: Record<string, Mutation> = {
  untouched: () => undefined,
  removed: (root, luck) => withInner(root, luck, ({ branch, parent }) => replace(parent, branch, [])),
  doubled: (root, luck) =>
    withInner(root, luck, ({ branch, parent }) => replace(parent, branch, [branch, copyOf(branch)])),
  'doubled elsewhere': (root, luck) =>
    withInner(root, luck, ({ branch, parent }) => void parent.content.push(copyOf(branch))),
  moved(root, luck) {
    withInner(root, luck, ({ branch, parent }) => {
      replace(parent, branch, [])
      putIn(parent, luck, branch)
    })
  },
  'moved elsewhere'(root, luck) {
    withInner(root, luck, ({ branch, parent }) => {
      replace(parent, branch, [])
      putIn(luck.pick(placesIn(root)), luck, branch)
    })
  },
  renamed(root, luck) {
    withInner(root, luck, ({ branch }) => {
      branch.name = luck.pick([...NAMES, 'Unknown', branch.name.toLowerCase(), `${branch.name}2`])
    })
  },
  unknown(root, luck) {
    const name = luck.pick(['Unknown', 'YoungCarer', 'Pupils', 'SuppInfo2', 'Élève'])
    putIn(luck.pick(placesIn(root)), luck, { name, attributes: '', content: [luck.pick(['x', ''])] })
  },
  emptied(root, luck) {
    luck.pick(standsIn(root)).branch.content = luck.pick([[], [' \n'], ['<!-- x -->'], ['\u00a0']])
  },
  attribute(root, luck) {
    luck.pick(standsIn(root)).branch.attributes = luck.pick(ATTRIBUTES)
  },
  text(root, luck) {
    putIn(luck.pick(placesIn(root)), luck, luck.pick(TEXTS))
  },
  value(root, luck) {
    withValue(root, luck, (branch) => {
      branch.content = [luck.once(4) ? longValue(luck.pick) : luck.pick(ODD_VALUES)]
    })
  },
  'padded value'(root, luck) {
    withValue(root, luck, (branch) => {
      branch.content = [luck.pick(BLANKS), ...branch.content, luck.pick(BLANKS)]
    })
  },
  'value of another'(root, luck) {
    withValue(root, luck, (branch) => {
      branch.content = [...luck.pick(standsIn(root).filter((stand) => isValue(stand.branch))).branch.content]
    })
  },
  'element in a value': (root, luck) =>
    withValue(root, luck, (branch) =>
      putIn(branch, luck, { name: luck.pick(NAMES), attributes: '', content: [] }),
    ),
  'other root'(root, luck) {
    root.name = luck.pick(['ctfile', 'CTFile', 'ATfile', 'Header', 'a', 'CTfile2'])
  },
  'of another version': putOfAnotherVersion,
  'supplementary information'(root, luck) {
    const content = luck.pick(SUPP_INFO)
    const block = luck.pick(placesIn(root))
    const standing = block.content.find((part) => typeof part === 'object' && part.name === 'SuppInfo')
    if (typeof standing === 'object') standing.content = [content]
    else block.content.push({ name: 'SuppInfo', attributes: '', content: [content] })
  },
}

/** What is changed: the kinds of mutants. */
export const MUTANT_KINDS = Object.keys(MUTATIONS)

const NAMES = [...new Set(CTF_MODEL.rows.map(({ name }) => name))]

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
const ATTRIBUTES = listed(
  ' a="b"| id="1" version="1.1"| xml:lang="cy"| xml:space="preserve"| xmlns:x="urn:x" x:a="1"',
  ` xmlns:x="urn:x"| ${XSI}| ${XSI} xsi:noNamespaceSchemaLocation="CTF.xsd"| xmlns="urn:ctf"`,
  ` xmlns=""| ${XSI} xsi:schemaLocation="urn:x x.xsd"| ${XSI} xsi:nil="true"`,
  ` ${XSI} xsi:type="date"| ${XSI} xsi:other="x"| xsi:noNamespaceSchemaLocation="CTF.xsd"`,
)

const TEXTS = listed('x| |\n\n|&#32;|&#10;|\u00a0|<!-- x -->|<?x y?>|<![CDATA[x]]>|<![CDATA[ ]]>|&amp;')
const BLANKS = ['', ' ', '\n    ', '\t', '\r\n', '&#32;', '\u00a0', '<!-- x -->', '<![CDATA[ ]]>']

const SUPP_INFO = listed(
  '| |x|<SuppID>1</SuppID>|<SuppID/>|<SuppID>1</SuppID><SuppID>2</SuppID>|<Other/>',
  'text<SuppID>1</SuppID>text|<Other/><SuppID>1</SuppID>|<SuppID><a/></SuppID>',
  '<SuppID a="1">1</SuppID>|<SuppID>1</SuppID><a b="1">x<c/><![CDATA[<]]></a><!-- x --><?x?>',
  '<SuppID>1</SuppID><CTfile><Pupil/></CTfile>|<SuppID>1</SuppID><x:a xmlns:x="urn:x" x:b="1"/>',
  `<SuppID>1</SuppID><a ${XSI} xsi:type="b"/>`,
  '<SuppID>1</SuppID><SuppInfo><SuppID>2</SuppID></SuppInfo>',
)

/** Where an element can be put: what has elements in it, or the root. */
function placesIn(root: Branch): Branch[] {
  return [root, ...blocksIn(root).map(({ branch }) => branch)]
}

function blocksIn(root: Branch): Stand[] {
  return standsIn(root).filter(({ branch }) => !isValue(branch))
}

function withInner(
  root: Branch,
  luck: Chance,
  change: (stand: { branch: Branch; parent: Branch }) => void,
): void {
  const inner = standsIn(root).filter(({ parent }) => parent !== null)
  if (inner.length === 0) return
  const { branch, parent } = luck.pick(inner)
  change({ branch, parent: parent! })
}

function withValue(root: Branch, luck: Chance, change: (branch: Branch) => void): void {
  change(luck.pick(standsIn(root).filter(({ branch }) => isValue(branch))).branch)
}

function replace(parent: Branch, branch: Branch, by: Branch[]): void {
  parent.content.splice(parent.content.indexOf(branch), 1, ...by)
}

function putIn(parent: Branch, luck: Chance, part: Branch | string): void {
  parent.content.splice(luck.number(parent.content.length + 1), 0, part)
}

/** Puts an element that only other versions carry where it stands in them; or names another version. */
function putOfAnotherVersion(root: Branch, luck: Chance, version: number): void {
  const blocks = new Map(blocksIn(root).map(({ branch }) => [branch.name, branch]))
  const fitting = FOREIGN.filter(
    ({ parent, versions }) => blocks.has(parent) && (version < versions.from || version > versions.to),
  )
  if (fitting.length === 0 || luck.once(5)) return nameVersion(root, luck)
  const { parent, order, branch } = luck.pick(fitting)
  const { content } = blocks.get(parent)!
  const rows = CTF_MODEL.groups.get(parent)!
  const behind = content.findIndex(
    (part) => typeof part === 'object' && (rows.get(part.name)?.order ?? 0) > order,
  )
  content.splice(behind < 0 ? content.length : behind, 0, copyOf(branch))
}

function nameVersion(root: Branch, luck: Chance): void {
  const named = standsIn(root).find(({ branch }) => branch.name === 'CTFversion')
  if (named)
    named.branch.content = [luck.pick(['11.0', '12.0', '15.0', '18.0', '23.0', '24.0', '26.0', '27.0'])]
}

const files = validFiles()
const trees = files.map(({ xml }) => readTree(xml))

/** Elements of the valid files that some version does not carry. */
const FOREIGN = trees.flatMap((tree) =>
  standsIn(tree).flatMap(({ branch, parent }) => {
    const row = parent && CTF_MODEL.groups.get(parent.name)?.get(branch.name)
    const isLimited = row && (row.versions.from > 12 || row.versions.to < 26)
    return isLimited ? [{ parent: parent.name, order: row.order, versions: row.versions, branch }] : []
  }),
)

/** So many files with something in them changed, each kind of change in turn; the same seed gives the same. */
export function* structuralMutants(seed: number, count: number): Generator<Mutant> {
  const luck = chance(seed)
  for (let index = 0; index < count; index++) {
    const kind = MUTANT_KINDS[index % MUTANT_KINDS.length]!
    const at = luck.number(files.length)
    const { title, version } = files[at]!
    const root = copyOf(trees[at]!)
    MUTATIONS[kind]!(root, luck, version)
    if (luck.once(8)) MUTATIONS[luck.pick(MUTANT_KINDS)]!(root, luck, version)
    yield { title: `${index} ${kind} in ${title}`, kind, version, document: Buffer.from(writeTree(root)) }
  }
}

/** Each element of some valid files removed, doubled and emptied, one at a time. */
export function* everyElementChanged(titles: readonly string[]): Generator<Mutant> {
  for (const [index, { title, version }] of files.entries()) {
    if (!titles.includes(title)) continue
    const { length } = standsIn(trees[index]!)
    for (const kind of ['removed', 'doubled', 'emptied']) {
      for (let at = 1; at < length; at++) {
        const root = copyOf(trees[index]!)
        const { branch, parent } = standsIn(root)[at]!
        if (kind === 'emptied') branch.content = []
        else replace(parent!, branch, kind === 'removed' ? [] : [branch, copyOf(branch)])
        const document = Buffer.from(writeTree(root))
        yield { title: `${branch.name} ${kind} in ${title}`, kind, version, document }
      }
    }
  }
}

/** The valid files themselves. */
export const VALID_FILES: readonly ValidFile[] = files
