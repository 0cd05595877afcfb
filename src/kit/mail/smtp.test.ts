import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { startMailServer } from '../../../test/mail-server.ts'
import { PATIENCE } from './patience.ts'
import type { Outcome } from './post.ts'
import { openSmtp, outcomeOf } from './smtp.ts'

const LETTER = {
  id: 'm1',
  createdAt: new Date('2026-09-02T09:05:00Z'),
  from: 'no-reply@cts.invalid',
  to: 'office@school.invalid',
  message: Buffer.from('Subject: a\r\n\r\nb\r\n'),
}

const failure = (code: string, responseCode?: number, command?: string): Error =>
  Object.assign(new Error('as it failed'), { code, responseCode, command })

const CASES: [string, Parameters<typeof outcomeOf>[1], Outcome['kind']][] = [
  ['no connection', { failure: failure('ESOCKET'), opened: false, handedOver: false }, 'unreachable'],
  [
    'a greeting of 554',
    { failure: failure('EPROTOCOL', 554, 'CONN'), opened: false, handedOver: false },
    'unreachable',
  ],
  [
    'a wrong password',
    { failure: failure('EAUTH', 535, 'AUTH PLAIN'), opened: false, handedOver: false },
    'unreachable',
  ],
  [
    'our own address refused',
    { failure: failure('EENVELOPE', 550, 'MAIL FROM'), opened: true, handedOver: false },
    'unreachable',
  ],
  [
    '421 at any time',
    { failure: failure('ECONNECTION', 421), opened: true, handedOver: true },
    'unreachable',
  ],
  [
    'a receiver refused for now',
    { failure: failure('EENVELOPE', 450, 'RCPT TO'), opened: true, handedOver: false },
    'deferred',
  ],
  [
    'a receiver refused for good',
    { failure: failure('EENVELOPE', 550, 'RCPT TO'), opened: true, handedOver: false },
    'refused',
  ],
  [
    'a session gone wrong',
    { failure: failure('EENVELOPE', 503, 'RCPT TO'), opened: true, handedOver: false },
    'deferred',
  ],
  [
    'a line dropped before the end',
    { failure: failure('ECONNECTION'), opened: true, handedOver: false },
    'deferred',
  ],
  [
    'no answer before the end',
    { failure: failure('ETIMEDOUT'), opened: true, handedOver: false },
    'deferred',
  ],
  ['a message too large', { failure: failure('EMESSAGE'), opened: true, handedOver: false }, 'refused'],
  [
    'a message refused after it was read',
    { failure: failure('EMESSAGE', 554), opened: true, handedOver: true },
    'refused',
  ],
  [
    'a message put off after it was read',
    { failure: failure('EMESSAGE', 451), opened: true, handedOver: true },
    'deferred',
  ],
  [
    'a line dropped after the end',
    { failure: failure('ECONNECTION'), opened: true, handedOver: true },
    'uncertain',
  ],
  ['no answer after the end', { failure: failure('ETIMEDOUT'), opened: true, handedOver: true }, 'uncertain'],
]

for (const [what, failed, kind] of CASES) {
  test(`${what}: ${kind}`, () =>
    assert.deepEqual(outcomeOf('m1', failed), { id: 'm1', kind, error: 'as it failed' }))
}

test('a line dropped while the end is held back: the letter can go again, and its end never goes out', async (t) => {
  const server = await startMailServer((moment) => (moment === 'data' ? 'drop' : 'accept'))
  t.after(() => server.close())
  const outcomes: Outcome[] = []
  await openSmtp(server.url, PATIENCE).carry([LETTER], {
    handingOver: () => sleep(300),
    settle: (settled) => Promise.resolve(void outcomes.push(...settled)),
    goOn: () => true,
  })
  assert.equal(outcomes[0]!.kind, 'deferred')
  await sleep(400)
  assert.deepEqual(server.arrived, [])
})

test('a letter that is no longer ours does not get its end', async (t) => {
  const server = await startMailServer()
  t.after(() => server.close())
  const outcomes: Outcome[] = []
  await openSmtp(server.url, PATIENCE).carry([LETTER], {
    handingOver: () => Promise.reject(new Error('somebody else holds it')),
    settle: (settled) => Promise.resolve(void outcomes.push(...settled)),
    goOn: () => true,
  })
  assert.deepEqual(outcomes, [{ id: 'm1', kind: 'deferred', error: 'somebody else holds it' }])
  await sleep(100)
  assert.deepEqual(server.arrived, [])
})

/** Carries one letter to a server that wants a login; says what became of it and which passwords the server saw. */
async function carryTo(
  t: TestContext,
  options: SMTPServerOptions,
  query: string,
): Promise<[Outcome, string[]]> {
  const seen: string[] = []
  const server = new SMTPServer({
    ...options,
    allowInsecureAuth: true,
    closeTimeout: 100,
    onAuth({ password }, _session, done) {
      seen.push(password ?? '')
      done(null, { user: 'cts' })
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as AddressInfo
  const outcomes: Outcome[] = []
  await openSmtp(`smtp://cts:secret@127.0.0.1:${port}${query}`, PATIENCE).carry([LETTER], {
    handingOver: () => Promise.resolve(),
    settle: (settled) => Promise.resolve(void outcomes.push(...settled)),
    goOn: () => true,
  })
  return [outcomes[0]!, seen]
}

test('a password is never sent over a line that is not encrypted', async (t) => {
  const [outcome, seen] = await carryTo(t, { disabledCommands: ['STARTTLS'] }, '')
  assert.equal(outcome.kind, 'unreachable')
  assert.deepEqual(seen, [])
})

test('a server whose certificate nobody vouches for is not trusted', async (t) => {
  const [outcome, seen] = await carryTo(t, {}, '')
  assert.equal(outcome.kind, 'unreachable')
  assert.deepEqual(seen, [])
})

test('with TLS, and the certificate accepted by the operator, the login and the letter go through', async (t) => {
  const [outcome, seen] = await carryTo(t, {}, '?tls.rejectUnauthorized=false')
  assert.equal(outcome.kind, 'sent')
  assert.deepEqual(seen, ['secret'])
})

test('the operator can allow a login without TLS', async (t) => {
  const [outcome, seen] = await carryTo(t, { disabledCommands: ['STARTTLS'] }, '?requireTLS=false')
  assert.equal(outcome.kind, 'sent')
  assert.deepEqual(seen, ['secret'])
})
