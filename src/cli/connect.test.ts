import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClientFault, FAULT_CODES, ServiceRefusal } from '../client/index.ts'
import { LANGUAGES, wordsOf } from '../kit/i18n.ts'
import { jsonOf, sentenceOf } from './connect.ts'

const PARAMS = {
  address: 'ADDRESS',
  server: 'SERVER',
  own: 'OWN',
  status: 503,
  reason: 'REASON',
  path: 'PATH',
  name: 'NAME',
  id: 'ID',
  pid: 1,
}

for (const language of LANGUAGES) {
  test(`every fault has its sentence in ${language}`, () => {
    for (const code of FAULT_CODES) {
      const sentence = sentenceOf(new ClientFault(code, PARAMS), wordsOf(language))
      assert.match(sentence, /^[^{}]+\.$/, code)
    }
  })
}

test('a refusal is told in the words of the service, with its title and what to do', () => {
  const problem = {
    type: 'urn:x',
    title: 'The name is taken',
    status: 409,
    detail: 'Take another.',
    findings: [],
  }
  const refusal = new ServiceRefusal(problem, null)
  assert.equal(sentenceOf(refusal, wordsOf('en')), 'The name is taken. Take another.')
  assert.deepEqual(jsonOf(refusal, wordsOf('en')), problem)
})
