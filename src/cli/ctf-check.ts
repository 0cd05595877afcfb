import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { Command } from 'commander'
import { checkCtfStream, parseFileName, type CtfReading, type FileName, type Finding } from '../ctf/index.ts'
import { wordsOf, type Language, type Words } from '../kit/i18n.ts'
import { LARGE, OWN_DISK } from './ctf-files.ts'
import { help, langOption, sayRule, type CtfSurroundings } from './ctf-terminal.ts'
import { EXIT_USAGE } from './operator.ts'
import { sizeOf } from './progress.ts'

/** `cts ctf check FILE…`: exit 0 when no file has an error, 1 when one has, 2 when one cannot be opened. */
export function checkCommand(surroundings: CtfSurroundings): Command {
  return new Command('check')
    .description(help('help.check'))
    .argument('<file...>')
    .option('--json', help('help.json'))
    .addOption(langOption())
    .action(async (files: string[], { json, lang }: { json?: true; lang: Language }) => {
      const { print, exit } = surroundings
      const words = wordsOf(lang)
      const checked: Checked[] = []
      let errors = 0
      let opened = 0
      for (const file of files) {
        const one = await checkFile(file, words, surroundings)
        if (!one) continue
        opened++
        errors += one.reading.errors
        if (json) checked.push(one)
        else for (const line of asLines(one, words)) print(line)
      }
      if (json) print(JSON.stringify(checked.map((one) => asJson(one, words))))
      if (opened < files.length) exit(EXIT_USAGE)
      else exit(errors > 0 ? 1 : 0)
    })
}

interface Checked {
  file: string
  /** What is to be said of its name; null where nothing is. */
  remark: string | null
  reading: CtfReading
}

/** A file read and checked, against its name where that is one; null when it cannot be. */
async function checkFile(file: string, words: Words, surroundings: CtfSurroundings): Promise<Checked | null> {
  const { remark, progress, today } = surroundings
  const [name, aboutName] = nameOf(file, words)
  if (aboutName !== null) remark(aboutName)
  if (name?.kind === 'generic') {
    remark(words('ctf.cli.zip', { file }))
    return null
  }
  try {
    const bytes = readWithProgress(file, words, surroundings)
    return {
      file,
      remark: aboutName,
      reading: await checkCtfStream(bytes, { name, today: today(), limits: OWN_DISK, pupils: false }),
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    remark(words('ctf.cli.cannot-open', { file }))
    return null
  } finally {
    progress(null)
  }
}

/** A file's bytes; of a large one it is shown how far they have been read. */
async function* readWithProgress(
  file: string,
  words: Words,
  { remark, progress }: CtfSurroundings,
): AsyncGenerator<Uint8Array> {
  const { size } = statSync(file)
  if (size >= LARGE) remark(words('ctf.cli.reading', { file, size: sizeOf(size) }))
  let done = 0
  let shown = -1
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    const bytes: Uint8Array = chunk
    done += bytes.length
    const percent = Math.floor((done / Math.max(size, done)) * 100)
    if (size >= LARGE && percent !== shown) progress(words('ctf.cli.percent', { file, percent }))
    shown = percent
    yield bytes
  }
}

/** A file's name where it is one, and what is to be said of it. */
function nameOf(file: string, words: Words): [FileName | undefined, remark: string | null] {
  const parsed = parseFileName(basename(file))
  if (!parsed.ok) {
    const { problem, suggestion } = parsed
    const action = suggestion ? words('ctf.cli.rename', { suggestion }) : words(`ctf.name.${problem}.action`)
    return [
      undefined,
      words('ctf.cli.by-content', { file, problem: words(`ctf.name.${problem}.problem`), action }),
    ]
  }
  const { browserCopy, canonical } = parsed.name
  return [parsed.name, browserCopy ? words('ctf.cli.browser-copy', { file, canonical }) : null]
}

function asJson({ file, remark, reading }: Checked, words: Words): object {
  const { errors, warnings, findings } = reading
  const told = findings.map((finding) => {
    const { problem, action } = sayRule(finding.rule, finding.params, words)
    const { rule, severity, line, column, path, pupil } = finding
    return { rule, severity, message: `${problem} ${action}`, line, column, path, pupil }
  })
  return { file, remark, errors, warnings, findings: told }
}

function asLines({ file, reading }: Checked, words: Words): string[] {
  const { errors, warnings, findings, findingCount, pupilCount } = reading
  const lines = findings.flatMap((finding) => {
    const { problem, action } = sayRule(finding.rule, finding.params, words)
    const place = `${file}:${finding.line}:${finding.column}`
    const about = pupilOf(finding, words)
    return [
      `${place}: ${words(`ctf.cli.${finding.severity}`)} ${finding.rule} ${finding.path}`.trimEnd(),
      `  ${about}${problem}`,
      `  ${words('ctf.cli.what-to-do', { action })}`,
    ]
  })
  const more = findingCount - findings.length
  if (more > 0) lines.push(words('ctf.cli.more', { file, more }))
  return [...lines, words('ctf.cli.summary', { file, errors, warnings, pupils: pupilCount })]
}

function pupilOf({ pupil }: Finding, words: Words): string {
  if (!pupil) return ''
  const upn = pupil.upn ?? words('ctf.cli.no-upn')
  return `${words('ctf.cli.pupil', { index: pupil.index, upn })}: `
}
