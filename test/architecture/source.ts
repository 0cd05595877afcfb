import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** One import or re-export of a source file. */
export interface Import {
  /** Path from the project's root (src/kit/ids.ts), name of an npm package (@scope/name), or node:module. */
  target: string
  /** It leaves nothing at run time. */
  typeOnly: boolean
  /** What stands between `import` and `from`. */
  names: string
}

/** A source file as the architecture test sees it. */
export interface Source {
  path: string
  text: string
  /** The text with its comments blanked and its lines kept. */
  code: string
  imports: Import[]
}

/** Every source file of the project. */
export function readTree(root: string): Source[] {
  const paths = globSync('{src,test,bench,migrations}/**/*.ts', { cwd: root }).sort()
  return paths.map((path) => source(path, readFileSync(join(root, path), 'utf8')))
}

/** A source file from its text. */
export function source(path: string, text: string): Source {
  const code = withoutComments(text)
  return { path, text, code, imports: importsOf(path, code) }
}

// Prettier holds the form of every import, so an expression finds them all: each begins its line and quotes by '.
const STATIC = /^(?:import|export) (type )?([^'"`;]*? from )?'([^'\n]+)'/gm
const DYNAMIC = /\bimport\('([^'\n]+)'\)/g

function importsOf(path: string, code: string): Import[] {
  const statics = [...code.matchAll(STATIC)].map(([, type, names = '', specifier = '']) => ({
    target: targetOf(path, specifier),
    typeOnly: type !== undefined,
    names,
  }))
  const dynamics = [...code.matchAll(DYNAMIC)].map(([, specifier = '']) => ({
    target: targetOf(path, specifier),
    typeOnly: false,
    names: '',
  }))
  return [...statics, ...dynamics]
}

function targetOf(path: string, specifier: string): string {
  if (specifier.startsWith('.')) return join(dirname(path), specifier)
  if (specifier.startsWith('node:')) return specifier
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}

// strings and templates are matched too, so that what looks like a comment inside one stays
const TOKEN =
  /\/\*[\s\S]*?\*\/|(?<!:|\\)\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g

function withoutComments(text: string): string {
  return text.replaceAll(TOKEN, (token) =>
    token.startsWith('/*') || token.startsWith('//') ? token.replaceAll(/[^\n]/g, ' ') : token,
  )
}

/** A rule that the tree keeps. */
export interface Rule {
  title: string
  /** What breaks it, a line each. */
  broken: (files: readonly Source[]) => string[]
  /** A file that breaks it: its path and text. It shows that the rule can fail. */
  example: readonly [path: string, text: string]
}

/** The room of a path: the folder in src; null for files of src itself and outside it. */
export function roomOf(path: string): string | null {
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? null
}

/** Files that are part of the product, without its tests. */
export function product(files: readonly Source[]): Source[] {
  return files.filter(({ path }) => path.startsWith('src/') && !path.endsWith('.test.ts'))
}

/** `path opens target` for each import of product files that `isWrong`. */
export function wrongImports(
  files: readonly Source[],
  isWrong: (from: string, opened: Import) => boolean,
): string[] {
  return product(files).flatMap(({ path, imports }) =>
    imports.filter((opened) => isWrong(path, opened)).map(({ target }) => `${path} opens ${target}`),
  )
}

/** `path:line text` for each line of code in product files that matches, in files that are meant. */
export function wrongLines(
  files: readonly Source[],
  isMeant: (path: string) => boolean,
  pattern: RegExp,
): string[] {
  return product(files)
    .filter(({ path }) => isMeant(path))
    .flatMap(({ path, code }) =>
      code
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
    )
}
