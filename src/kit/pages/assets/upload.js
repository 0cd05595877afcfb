// Sends many files from the upload page, each answered by itself. Without this script the form sends one at a time.

import { headerOf } from './upload-header.js'
import { counted, newRow, sizeInWords } from './upload-row.js'
import { lane, openSending } from './upload-send.js'

const ROWS_MAX = 200
const SENT_AT_ONCE = 3
const NAMES_AT_ONCE = 4

/** A busy service is asked again by itself this often. */
const TRIES = 5
const WAIT_SECONDS = 5
const WAIT_MAX_SECONDS = 60

const form = document.querySelector('form[data-upload]')
const words = JSON.parse(form.dataset.words)
const mib = Number(form.dataset.mib)
const list = document.querySelector('[data-upload-list]')
const template = document.querySelector('template[data-row]')
const input = form.querySelector('input[type=file]')
const [summary, limit, jump, places, sendAll] = ['summary', 'limit', 'jump', 'rows', 'send-all'].map((name) =>
  list.querySelector(`[data-${name}]`),
)
const said = document.querySelector('[data-said]')
const sending = openSending(form)
const names = lane(NAMES_AT_ONCE)
const sends = lane(SENT_AT_ONCE)
const rows = []

const acts = {
  remove,
  retry: (row) => row.again(),
  useName(row, name) {
    row.rename(name)
    focusOn(row)
    check(row)
  },
  sendName(row, name) {
    row.rename(name)
    focusOn(row)
    send(row)
  },
}

function focusOn(row) {
  row.item.querySelector('[data-name]').focus()
}

/** Takes files into the list. One that is chosen anew, say corrected, takes the place of what was not sent. */
function take(files) {
  limit.hidden = true
  for (const file of files) {
    const former = rows.find((row) => row.file.name === file.name && !isUnderWay(row) && row.state !== 'sent')
    if (former) drop(former)
    if (rows.length === ROWS_MAX) {
      limit.textContent = words.tooMany.replace('{most}', ROWS_MAX)
      limit.hidden = false
      break
    }
    const row = newRow(file, template, words, acts)
    rows.push(row)
    places.append(row.item)
    if (file.size <= mib * 1024 * 1024) check(row)
    else refuseSize(row)
  }
  update()
  said.textContent = limit.hidden ? summary.textContent : limit.textContent
}

function refuseSize(row) {
  const note = words.tooLarge.replace('{size}', sizeInWords(row.file.size)).replace('{mib}', mib)
  row.show('wrong', { note })
}

/** Asks to whom a file would go under its name. */
function check(row) {
  const { name } = row
  row.again = () => check(row)
  row.show('naming', { html: '' })
  update()
  names(async () => {
    const asked = new URLSearchParams({ name, header: await headerOf(row.file) })
    const answer = await sending.ask('GET', `/upload/name?${asked.toString()}`)
    if (!rows.includes(row) || row.name !== name) return
    if (answer.html === null) row.show('wrong', noteOf(answer, words.unasked))
    else row.show(answer.status === 200 ? 'ready' : 'wrong', { html: answer.html })
    update()
    if (!rows.some(({ state }) => state === 'naming')) said.textContent = tally()
  })
}

function send(row) {
  row.again = () => send(row)
  row.show('queued', row.state === 'refused' ? { html: '' } : {})
  update()
  sends(async () => {
    for (let tries = 1; ; tries += 1) {
      row.show('sending')
      const answer = await sending.ask('POST', `/upload?name=${encodeURIComponent(row.name)}`, row.file, {
        bytes: row.bytes,
        whole: () => row.show('checking'),
      })
      const isBusy = answer.status === 429 || answer.status === 503
      if (!isBusy || tries === TRIES) {
        settle(row, answer.status !== 0 || (await isReadable(row.file)) ? answer : { status: 'unreadable' })
        return
      }
      await row.wait(Math.min(answer.wait ?? WAIT_SECONDS, WAIT_MAX_SECONDS))
    }
  })
}

/** Whether the file is still there as it was chosen. */
async function isReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer()
    return true
  } catch {
    return false
  }
}

function settle(row, answer) {
  if (!answer.html) row.show('failed', noteOf(answer, words.offline))
  else row.show(answer.status < 300 ? 'sent' : 'refused', { html: answer.html })
  update()
  if (rows.some(isUnderWay)) said.textContent = summary.textContent
  else summary.focus()
}

/** What is said where the service gave no answer about the file. */
function noteOf({ status, problem }, offline) {
  if (status === 401) return { note: words.signedOut, retry: true, signIn: true }
  if (status === 'other' || status === 'unreadable') return { note: words[status] }
  if (status === 0) return { note: offline, retry: true }
  const isOurs = problem && status !== 429 && status !== 503
  return { note: isOurs ? `${problem.title}. ${problem.detail}` : words.broken, retry: true }
}

function isUnderWay({ state }) {
  return state === 'queued' || state === 'sending' || state === 'checking'
}

const count = (...states) => rows.filter(({ state }) => states.includes(state)).length

/** How many are where: "9 sent, 1 refused". */
function tally() {
  const parts = ['sent', 'refused', 'failed', 'wrong', 'ready']
    .filter((state) => count(state) > 0)
    .map((state) => counted(words[state], count(state)))
    .join(', ')
  return parts.charAt(0).toUpperCase() + parts.slice(1)
}

/** Brings heading, button and the list of what was not sent up to date. */
function update() {
  const done = count('sent', 'refused', 'failed')
  const all = done + rows.filter(isUnderWay).length
  list.hidden = rows.length === 0
  if (all > done) summary.textContent = words.progress.replace('{done}', done).replace('{all}', all)
  else summary.textContent = done > 0 ? tally() : counted(words.chosen, rows.length)
  const ready = count('ready', 'failed')
  sendAll.hidden = ready === 0
  sendAll.textContent = counted(words.send, ready)
  const bad =
    all > done || done === 0
      ? []
      : rows.filter(({ state }) => state === 'refused' || state === 'failed' || state === 'wrong')
  jump.hidden = bad.length === 0 || rows.length < 4
  jump.replaceChildren(...bad.map(linkTo))
}

function linkTo(row) {
  const link = document.createElement('a')
  link.className = 'govuk-link cts-break'
  link.href = `#${row.item.id}`
  link.textContent = `${words.states[row.state]}: ${row.name}`
  const item = document.createElement('li')
  item.append(link)
  return item
}

function drop(row) {
  rows.splice(rows.indexOf(row), 1)
  row.item.remove()
}

function remove(row) {
  const next = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1]
  drop(row)
  update()
  if (next) focusOn(next)
  else document.getElementById('file').focus()
}

function start() {
  input.multiple = true
  // the words of its parts stand apart for the eye; to those who check names against what is seen, too
  document.querySelector('.govuk-file-upload-button__status')?.after(' ')
  document.querySelector('label[for=file]').textContent = words.label
  form.querySelector('[data-send-one]').hidden = true
  form.addEventListener('submit', (event) => event.preventDefault())
  input.addEventListener('change', () => {
    if (input.files.length === 0) return
    take([...input.files])
    // the next choice may be the same file, corrected; and the chooser says again that nothing is chosen
    input.value = ''
    input.dispatchEvent(new Event('change'))
  })
  sendAll.addEventListener('click', () => {
    for (const row of rows.filter(({ state }) => state === 'ready' || state === 'failed')) send(row)
  })
  // a file dropped beside the area is taken too: the browser would leave the page to show it
  document.addEventListener('dragover', (event) => event.preventDefault())
  document.addEventListener('drop', (event) => {
    if (event.defaultPrevented) return
    event.preventDefault()
    take([...event.dataTransfer.files])
  })
  window.addEventListener('beforeunload', (event) => {
    if (rows.some(isUnderWay)) event.preventDefault()
  })
}

start()
