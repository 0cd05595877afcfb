// Is a Common Transfer File right, who is in it, and what does it say of them?
// node docs/examples/read-ctf.ts 6814039_CTF_6804020_001.XML
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import {
  checkCtf,
  CtfProblem,
  elementsIn,
  parseFileName,
  readCtf,
  sayFinding,
  textIn,
  type Elements,
} from 'common-transfer-system/ctf'

const [path = ''] = process.argv.slice(2)
const bytes = readFileSync(path)
const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Europe/London' })

// the name says who sends it and who gets it; its header must agree
const parsed = parseFileName(basename(path))
const { findings, errors, warnings } = checkCtf(bytes, { today, name: parsed.ok ? parsed.name : undefined })
for (const finding of findings) {
  const { problem, action } = sayFinding(finding, 'en')
  print(`${finding.line}:${finding.column} ${finding.rule} ${problem} ${action}`)
}
print(`errors ${errors}, warnings ${warnings}`)

try {
  const file = readCtf(bytes)
  print(`version ${file.version}, pupils ${file.pupils.length}`)
  for (const pupil of file.pupils) print(inOneLine(pupil))
} catch (problem) {
  if (!(problem instanceof CtfProblem)) throw problem
  print(`not read: ${problem.message}`)
  process.exitCode = 1
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function inOneLine(pupil: Elements): string {
  const schools = elementsIn(pupil, 'SchoolHistory').flatMap((history) => elementsIn(history, 'School'))
  const names = schools.map((school) => textIn(school, 'SchoolName'))
  const contacts = elementsIn(pupil, 'Contacts').flatMap((block) => elementsIn(block, 'Contact'))
  return `${textIn(pupil, 'UPN')}: schools ${names.join(', ')}; contacts ${contacts.length}`
}
