import { basename } from 'node:path'
import { Command } from 'commander'
import {
  ClientFault,
  concernsAll,
  isExpected,
  nameToSend,
  openConnection,
  sendFile,
  ServiceRefusal,
  type Connection,
  type FindingAnswer,
  type SentFile,
} from '../client/index.ts'
import { wordsOf, type Words } from '../kit/i18n.ts'
import { callsService, jsonOf, pauseSentence, readCredentials, sentenceOf, type Asked } from './connect.ts'
import { EXIT_USAGE } from './operator.ts'
import { openScreen, plain, type Screen } from './progress.ts'

/** `cts send`: sends files and shows the receipt of each, or what was found in it. */
export function sendCommand(): Command {
  const words = wordsOf('en')
  return callsService(new Command('send').description(words('clientCommand.help.send')))
    .argument('<files...>', words('clientCommand.help.files'))
    .action(async (paths: string[], asked: Asked, command: Command) => {
      const credentials = readCredentials(command, asked)
      const words = wordsOf(asked.lang)
      const screen = openScreen(words, asked.json === true)
      const connection = openConnection({
        ...credentials,
        language: asked.lang,
        onPause: (reason, seconds) => screen.remark(plain(pauseSentence(reason, seconds, words))),
      })
      const answers = await sendAll(connection, paths, { screen, words, json: asked.json === true })
      process.exitCode = Math.max(0, ...answers)
    })
}

/** Where and how the answers are told. */
interface Telling {
  screen: Screen
  words: Words
  json: boolean
}

type Result = SentFile | ClientFault | ServiceRefusal

/** Sends each file by itself; gives the exit status of each. Once the service is away, the others are not tried. */
async function sendAll(
  connection: Connection,
  paths: readonly string[],
  telling: Telling,
): Promise<number[]> {
  const { screen, words, json } = telling
  let away = await failureOf(connection.open())
  const answers: number[] = []
  for (const path of paths) {
    const { name, browserCopy } = nameToSend(path)
    if (browserCopy) screen.remark(plain(words('clientCommand.browserCopy', { file: path, name })))
    const result = away ?? (await sendOne(connection, path, screen))
    screen.clear()
    if (json) screen.print(JSON.stringify(asJson(path, result, words)))
    else for (const line of asLines(path, result, words)) screen.print(plain(line))
    answers.push(statusOf(result))
    if (isExpected(result) && concernsAll(result)) away = result
  }
  if (!json && paths.length > 1) {
    const accepted = answers.filter((answer) => answer === 0).length
    const failed = answers.length - accepted
    screen.print(words('clientCommand.sent.countAccepted', { count: accepted }))
    if (failed > 0) screen.print(words('clientCommand.sent.countFailed', { count: failed }))
  }
  return answers
}

async function failureOf(work: Promise<void>): Promise<ClientFault | ServiceRefusal | null> {
  try {
    await work
    return null
  } catch (error) {
    if (isExpected(error)) return error
    throw error
  }
}

async function sendOne(connection: Connection, path: string, screen: Screen): Promise<Result> {
  const { name } = nameToSend(path)
  try {
    return await sendFile(connection, path, (sent, total) => screen.progress('sending', name, sent, total))
  } catch (error) {
    if (isExpected(error)) return error
    throw error
  }
}

/** Exit status of one file: 0 accepted, 1 refused or failed, 2 cannot be opened. */
function statusOf(result: Result): number {
  if (!isExpected(result)) return 0
  return result instanceof ClientFault && result.code === 'cannot-open' ? EXIT_USAGE : 1
}

function asJson(path: string, result: Result, words: Words): object {
  const { name } = nameToSend(path)
  if (!isExpected(result)) return { path, outcome: 'accepted', again: result.again, ...result.file }
  const outcome = result instanceof ServiceRefusal ? 'refused' : 'failed'
  return { path, name, outcome, ...jsonOf(result, words) }
}

function asLines(path: string, result: Result, words: Words): string[] {
  if (!isExpected(result)) return acceptedLines(result, words)
  const refused = result instanceof ServiceRefusal
  const reason = sentenceOf(result, words)
  return [
    words(`clientCommand.sent.${refused ? 'refused' : 'failed'}`, { name: basename(path), reason }),
    ...(refused ? result.problem.findings.map((finding) => findingLine(finding, words)) : []),
  ]
}

function acceptedLines({ again, file }: SentFile, words: Words): string[] {
  const { name, id, pupils, receipt } = file
  return [
    words(`clientCommand.sent.${again ? 'again' : 'accepted'}`, { name }),
    words('clientCommand.sent.receipt', { at: receipt.receivedAt, id }),
    words('clientCommand.sent.digest', { sha256: receipt.sha256 }),
    words('clientCommand.sent.pupils', { count: pupils }),
    ...file.findings.map((finding) => findingLine(finding, words)),
  ]
}

/** `  error 3:14, pupil 2: what is wrong and what to do`. */
function findingLine({ severity, line, column, pupil, message }: FindingAnswer, words: Words): string {
  const place = line === null ? '' : ` ${line}:${column ?? 1}`
  const who = pupil ? `, ${words('clientCommand.pupil', { index: pupil.index })}` : ''
  return `  ${words(`clientCommand.severity.${severity}`)}${place}${who}: ${message}`
}
