import assert from 'node:assert/strict'
import { test } from 'node:test'
import { composeMail, namedParams, wordMail } from './compose.ts'
import type { HeldMail } from './store.ts'

const PARAMS = {
  file: '6814039_CTF_6804020_001.xml',
  source: { en: 'Cardiff High School', cy: 'Ysgol Uwchradd Caerdydd' },
  destination: 'The John Frost School',
}

const MAIL: HeldMail = {
  id: 'Zm9v_bar-baz0123456789',
  toAddress: 'office@johnfrost.invalid',
  toName: 'The John Frost School',
  language: 'en',
  template: 'awaiting',
  params: PARAMS,
  attempts: 0,
  createdAt: new Date('2026-09-02T09:05:00Z'),
}

function unfolded(message: Buffer): { head: string; body: string } {
  const [head = '', ...body] = message.toString('utf8').split('\r\n\r\n')
  return { head: head.replaceAll(/\r\n[ \t]+/g, ' '), body: body.join('\r\n\r\n') }
}

test('each receiver reads its own language, with the names in that language', () => {
  const en = wordMail(MAIL)
  assert.match(en.subject, /6814039_CTF_6804020_001\.xml/)
  assert.match(en.body, /^For the attention of The John Frost School\n\nCardiff High School/)
  const cy = wordMail({ ...MAIL, language: 'cy' })
  assert.match(cy.body, /^At sylw The John Frost School\n\n.*Ysgol Uwchradd Caerdydd/)
  assert.doesNotMatch(cy.body, /Cardiff High School/)
})

test('a receiver of both gets one mail, Welsh first, its subject "cy / en"', () => {
  const { subject, body } = wordMail({ ...MAIL, language: 'both' })
  const [cy, en] = (['cy', 'en'] as const).map((language) => wordMail({ ...MAIL, language }))
  assert.equal(subject, `${cy!.subject} / ${en!.subject}`)
  assert.ok(body.startsWith(cy!.body) && body.endsWith(en!.body))
})

test('the letter is plain text in UTF-8, marked as sent by a machine, with the id of its mail', () => {
  const letter = composeMail({ ...MAIL, language: 'both' }, 'no-reply@cts.invalid')
  const { head } = unfolded(letter.message)
  assert.match(head, /^Message-ID: <Zm9v_bar-baz0123456789@cts\.invalid>\r?$/m)
  assert.match(head, /^Auto-Submitted: auto-generated\r?$/m)
  assert.match(head, /^Date: Wed, 02 Sep 2026 09:05:00 \+0000\r?$/m)
  assert.match(head, /^Content-Type: text\/plain; charset=utf-8\r?$/m)
  assert.match(head, /^Content-Language: cy, en\r?$/m)
  assert.match(head, /^To: The John Frost School <office@johnfrost\.invalid>\r?$/m)
  assert.equal(letter.to, 'office@johnfrost.invalid')
  const again = composeMail({ ...MAIL, language: 'both' }, 'no-reply@cts.invalid')
  assert.deepEqual(again.message, letter.message, 'the same mail is the same letter, byte for byte')
})

test('every line of a letter ends in CRLF, as SMTP wants it', () => {
  const { message } = composeMail({ ...MAIL, language: 'cy' }, 'no-reply@cts.invalid')
  assert.doesNotMatch(message.toString('utf8'), /(?<!\r)\n/)
  assert.match(message.toString('utf8'), /\r\n$/)
})

test('a line break in an address makes no letter', () => {
  const toAddress = 'office@johnfrost.invalid\r\nRCPT TO:<thief@evil.invalid>'
  assert.throws(() => composeMail({ ...MAIL, toAddress }, 'no-reply@cts.invalid'), /not an e-mail address/)
})

test('line breaks in names and values make no headers and no lines', () => {
  const hostile = 'School\r\nBcc: thief@evil.invalid\r\n\r\nhello'
  const letter = composeMail(
    { ...MAIL, toName: hostile, params: { ...PARAMS, file: hostile, source: { en: hostile, cy: hostile } } },
    'no-reply@cts.invalid',
  )
  const { head, body } = unfolded(letter.message)
  assert.doesNotMatch(head, /^Bcc/im)
  assert.doesNotMatch(body, /^Bcc/im)
  assert.equal(head.match(/^To:/gim)?.length, 1)
})

test('a value that looks like a placeholder or a nested key stays as it is', () => {
  const { body } = wordMail({
    ...MAIL,
    params: { ...PARAMS, destination: '{{source}} $t(mail.frame.closing)' },
  })
  assert.ok(body.includes('{{source}} $t(mail.frame.closing)'))
})

test('only what the wording names is kept, so nothing else can travel with a mail', () => {
  const { file, source, destination } = PARAMS
  const kept = namedParams('awaiting', {
    file,
    source,
    destination,
    upn: 'A123456789012',
    pupil: 'Invented Child',
  })
  assert.deepEqual(kept, { file, source, destination })
})

test('wording that is missing, or names what was not given, is refused', () => {
  assert.throws(() => namedParams('no-such-template', PARAMS), /no words/)
  assert.throws(() => namedParams('awaiting', { source: 'x', destination: 'y' }), /names \{\{file\}\}/)
})
