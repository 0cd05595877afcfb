import { basename } from 'node:path'
import { product, roomOf, wrongImports, wrongLines, type Rule, type Source } from './source.ts'

const isPure = (path: string): boolean => basename(path) === 'rules.ts' || roomOf(path) === 'ctf'

const IMPURE_MODULE =
  /^node:(fs|crypto|os|process|child_process|net|https?|dns|timers|worker_threads|perf_hooks)/
const IMPURE_CODE = /\b(Date\.now|new Date\(\)|Date\(\)|Math\.random|process\b|performance\.now|crypto\.)/

/** Longest file, in lines. */
const LONGEST = 300

/** Only these write to the terminal. */
const speaksToTerminal = (path: string): boolean => roomOf(path) === 'cli' || path === 'src/main.ts'

/** Only these put an address into the web app: for those signed in, for the sign-in, and for the operator. */
const addsAddresses = (path: string): boolean =>
  ['src/permissions/route.ts', 'src/permissions/page.ts', 'src/serve.ts', 'src/health.ts'].includes(path)

/** Where things stand, and what a file looks like. */
export const CONTENT_RULES: readonly Rule[] = [
  {
    title: 'rules.ts and ctf read no clock, chance or environment',
    broken: (files) => [
      ...wrongImports(files, (from, { target }) => isPure(from) && IMPURE_MODULE.test(target)),
      ...wrongLines(files, isPure, IMPURE_CODE),
    ],
    example: ['src/transfers/rules.ts', 'export const year = new Date().getFullYear()\n'],
  },
  {
    title: 'only the route builder, serve.ts and health.ts put addresses into the web app',
    broken: (files) =>
      wrongLines(
        files,
        (path) => !addsAddresses(path),
        /\b(app|server|fastify|instance)\s*\.(route|get|head|post|put|patch|delete|options|all)\(/,
      ),
    example: ['src/transfers/api.ts', "app.get('/api/v1/files', handler)\n"],
  },
  {
    title: 'only commands write to the terminal',
    broken: (files) =>
      wrongLines(files, (path) => !speaksToTerminal(path), /\bconsole\.|\bprocess\.std(out|err)\b/),
    example: ['src/transfers/api.ts', "console.log('a file came')\n"],
  },
  {
    title: 'no file or folder has a name that says nothing',
    broken: (files) =>
      files
        .map(({ path }) => path)
        .filter((path) => /(^|[/-])(utils?|helpers?|common|services?|models|types|misc)(\.|\/)/.test(path)),
    example: ['src/transfers/file-utils.ts', ''],
  },
  {
    title: `no file is longer than ${LONGEST} lines`,
    broken: (files) =>
      files.filter(({ text }) => text.trimEnd().split('\n').length > LONGEST).map(({ path }) => path),
    example: ['test/long.ts', 'x\n'.repeat(LONGEST + 1)],
  },
  {
    title: 'everything exported says what it is',
    broken: undocumented,
    example: ['src/kit/ids.ts', '// for files\nexport function newId(): string {}\n'],
  },
]

const EXPORT =
  /^export (?:default )?(?:async )?(?:abstract )?(?:function\*?|const|let|class|interface|type) (\w+)/

/** Exports without a docstring right above; an overload shares that of the first. */
function undocumented(files: readonly Source[]): string[] {
  return product(files).flatMap(({ path, text }) => {
    const lines = text.split('\n')
    return lines.flatMap((line, index) => {
      const name = EXPORT.exec(line)?.[1]
      const above = lines[index - 1] ?? ''
      const isOverload = EXPORT.exec(above)?.[1] === name
      return name === undefined || above.endsWith('*/') || isOverload ? [] : [`${path}:${index + 1} ${name}`]
    })
  })
}
