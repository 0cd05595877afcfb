import assert from 'node:assert/strict'

/** An element of a document that is being changed: its tags, and what stands between them as XML. */
export interface Branch {
  name: string
  /** As they stand behind the name, with the blank in front. */
  attributes: string
  /** Elements, and in between text, comments and so on as they are written. */
  content: (Branch | string)[]
}

/** The tree of a document without CDATA, less the blanks between its elements. */
export function readTree(xml: string): Branch {
  const root: Branch = { name: '', attributes: '', content: [] }
  const open = [root]
  for (const [token] of xml.matchAll(/<!--.*?-->|<[^>]*>|[^<]+/gs)) {
    const { content } = open.at(-1)!
    const tag = /^<(\w+)([^>]*?)(\/?)>$/.exec(token)
    if (tag) {
      const branch = { name: tag[1]!, attributes: tag[2]!, content: [] }
      content.push(branch)
      if (tag[3] === '') open.push(branch)
    } else if (token.startsWith('</')) open.pop()
    else if (!token.startsWith('<?') && token.trim() !== '') content.push(token)
  }
  const document = root.content.find((part) => typeof part === 'object')
  assert.ok(document && open.length === 1)
  return document
}

/** A document of a tree, an element a line. */
export function writeTree(root: Branch): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root)}`
}

function write({ name, attributes, content }: Branch): string {
  const inner = content.map((part) => (typeof part === 'string' ? part : write(part)))
  const first = content.some((part) => typeof part === 'object') ? '\n' : ''
  return `<${name}${attributes}>${first}${inner.join('')}</${name}>\n`
}

/** Where an element stands. */
export interface Stand {
  branch: Branch
  /** Null for the root. */
  parent: Branch | null
}

/** Every element of a tree, the root first. */
export function standsIn(root: Branch): Stand[] {
  const stands: Stand[] = [{ branch: root, parent: null }]
  for (const { branch } of stands) {
    for (const part of branch.content)
      if (typeof part === 'object') stands.push({ branch: part, parent: branch })
  }
  return stands
}

/** Whether it holds a value, not elements. */
export const isValue = ({ content }: Branch): boolean => content.every((part) => typeof part === 'string')

/** The same tree anew. */
export const copyOf = (branch: Branch): Branch => structuredClone(branch)
