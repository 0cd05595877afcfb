import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import english from '../../locales/en.json' with { type: 'json' }
import welsh from '../../locales/cy.json' with { type: 'json' }
import { BLOCK_CASES, COMPANION_CASES } from '../../test/ctf-rule-cases-blocks.ts'
import { PARTIAL_CASES, PLACELESS_CASES } from '../../test/ctf-rule-cases-partial.ts'
import { SCHOOL_NAME_CASES, YEARS_CASES } from '../../test/ctf-rule-cases-years.ts'
import { FILE_CASES, type RuleCase } from '../../test/ctf-rule-cases.ts'
import { TODAY, read } from '../../test/made-up-ctf.ts'
import { CTF_MODEL } from './model.ts'
import { CTF_RULES, SUBJECTS, findingKey } from './rules.ts'
import { BLOCK_RULES } from './rules/index.ts'
import { sampleCtf } from './sample.ts'

const cases: readonly RuleCase[] = [
  ...FILE_CASES,
  ...BLOCK_CASES,
  ...COMPANION_CASES,
  ...YEARS_CASES,
  ...SCHOOL_NAME_CASES,
  ...PARTIAL_CASES,
  ...PLACELESS_CASES,
]

test('each rule finds what breaks it and not what only looks like it', () => {
  for (const [rule, bad, fine, options] of cases) {
    const label = `${rule}: ${String(bad).slice(-80)}`
    const found = read(bad, options)
    assert.ok(
      found.findings.some((finding) => finding.rule === rule),
      `${label} gave ${found.findings.map((f) => f.rule).join()}`,
    )
    const severity = CTF_RULES.find((one) => one.rule === rule)!.severity
    assert.ok(severity === 'error' ? found.errors > 0 : found.warnings > 0, label)
    assert.ok(
      !read(fine, options).findings.some((finding) => finding.rule === rule),
      `${rule} in a file that is fine: ${String(fine).slice(-80)}`,
    )
  }
})

test('what breaks a rule of blocks breaks no other, and what does not is without a finding', () => {
  const rulesIn = (document: string | Uint8Array, options: RuleCase[3]): string[] => {
    const found = read(document, options).findings.map(({ rule }) => rule)
    // dates and places of versions that are no longer current
    return [...new Set(found)].filter((rule) => rule !== 'ctf-111')
  }
  for (const [rule, bad, fine, options] of [...BLOCK_CASES, ...YEARS_CASES, ...PARTIAL_CASES]) {
    assert.deepEqual(rulesIn(bad, options), [rule], String(bad).slice(-200))
    assert.deepEqual(rulesIn(fine, options), [], `${rule} ${String(fine).slice(-200)}`)
  }
})

test('every rule has a case here, a source, and words in both languages', () => {
  assert.deepEqual(new Set(cases.map(([rule]) => rule)), new Set(CTF_RULES.map(({ rule }) => rule)))
  assert.equal(CTF_RULES.length, new Set(CTF_RULES.map(({ rule }) => rule)).size)
  for (const { rule, source, subject } of CTF_RULES) {
    assert.ok(source && SUBJECTS.includes(subject))
    const [inEnglish, inWelsh] = [english, welsh].map((locale) => placeholders(locale.ctf.rules, rule))
    assert.deepEqual(inEnglish, inWelsh, rule)
    assert.deepEqual(findingKey(rule), {
      problem: `ctf.rules.${rule}.problem`,
      action: `ctf.rules.${rule}.action`,
    })
  }
})

type RuleWords = Record<string, { problem: string; action: string }>

/** The placeholders in a rule's words, which must both be there. */
function placeholders(rules: RuleWords, rule: string): string[] {
  const words = rules[rule]
  assert.ok(words?.problem && words.action, rule)
  const all = [...`${words.problem} ${words.action}`.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]!)
  return [...new Set(all)].toSorted()
}

test('there are no words for a rule that is none', () => {
  const rules = CTF_RULES.map(({ rule }) => rule)
  for (const locale of [english, welsh]) assert.deepEqual(Object.keys(locale.ctf.rules).toSorted(), rules)
})

test('the words of a finding ask for nothing that the finding does not have', () => {
  for (const [rule, bad, , options] of cases) {
    const finding = read(bad, options).findings.find((one) => one.rule === rule)!
    const given = Object.keys(finding.params)
    for (const name of placeholders(english.ctf.rules, rule))
      assert.ok(given.includes(name), `${rule} wants ${name}`)
  }
})

test('every rule is raised in one file of the check, and no number is raised that is no rule', () => {
  const files = globSync('**/*.ts', { cwd: import.meta.dirname })
    // reading asks for the root too, and throws where the check tells
    .filter((path) => !path.endsWith('.test.ts') && path !== 'read-ctf.ts')
    .map((path) => readFileSync(join(import.meta.dirname, path), 'utf8'))
  // a row of the list is `error(` or `warning(` and the number; what is left raises it
  const raised = files.flatMap((code) => {
    const left = code.replaceAll(/\b(?:error|warning)\(\s*'ctf-\d{3}'/g, '')
    return [...new Set([...left.matchAll(/'(ctf-\d{3})'/g)].map(([, rule = '']) => rule))]
  })
  assert.deepEqual(
    raised.toSorted(),
    CTF_RULES.map(({ rule }) => rule),
  )
})

test('rules of blocks and what they are about are of the content model', () => {
  const names = new Set(CTF_MODEL.rows.map(({ name }) => name))
  for (const group of BLOCK_RULES.keys()) assert.ok(CTF_MODEL.groups.has(group), group)
  for (const { rule, items } of CTF_RULES) {
    for (const item of items) assert.ok(names.has(item) || CTF_MODEL.groups.has(item), `${rule} ${item}`)
  }
})

test('no rule is put out by a value that is missing, empty or nonsense', () => {
  const { bytes } = sampleCtf({
    pupils: 1,
    seed: 3,
    source: '6814039',
    destination: '6804020',
    today: TODAY,
  })
  const whole = Buffer.from(bytes).toString()
  const values = [...whole.matchAll(/<(\w+)>[^<]+<\/\1>/g)]
  assert.ok(values.length > 150)
  for (const { index, 0: element, 1: name } of values) {
    for (const instead of ['', `<${name}/>`, `<${name}>x</${name}>`, `<${name}>9</${name}>`]) {
      const reading = read(whole.slice(0, index) + instead + whole.slice(index + element.length))
      assert.ok(reading.wellFormed && reading.pupils.length === 1, `${name} ${instead}`)
    }
  }
})

test('the source may be the destination: a school moves data between two systems of its own', () => {
  const [, , fine] = PARTIAL_CASES.find(([rule]) => rule === 'ctf-804')!
  assert.deepEqual(read(fine).findings, [])
})
