// One file in the list of the upload page: what is shown of it and how far it is.

const COLOURS = {
  naming: 'grey',
  ready: 'blue',
  wrong: 'red',
  queued: 'grey',
  sending: 'teal',
  checking: 'teal',
  sent: 'green',
  refused: 'red',
  failed: 'orange',
}

/** The form of counted words for a number, the number put in. */
export function counted(forms, n) {
  return forms[n <= 4 || n === 6 ? n : 5].replace('{n}', n)
}

/** A size as people read it: 1 KB, 3.2 MB. */
export function sizeInWords(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1e6).toFixed(1)} MB`
}

/** A name of a file, breaking behind its underscores where it must. */
function breakable(name) {
  return name.split(/(?<=_)/).flatMap((part) => [part, document.createElement('wbr')])
}

let made = 0

/** A row for a file, not yet in the list. `act` is called with what its buttons ask for. */
export function newRow(file, template, words, act) {
  const item = template.content.firstElementChild.cloneNode(true)
  const part = (name) => item.querySelector(`[data-${name}]`)
  const bar = item.querySelector('progress')
  const row = { file, item, name: file.name, state: '', rename, show, bytes, wait }
  made += 1
  item.id = `file-row-${made}`
  part('size').textContent = sizeInWords(file.size)
  part('remove').addEventListener('click', () => act.remove(row))
  part('retry').addEventListener('click', () => act.retry(row))
  item.addEventListener('click', ({ target }) => {
    const { useName, sendName } = target.closest('button')?.dataset ?? {}
    if (useName) act.useName(row, useName)
    if (sendName) act.sendName(row, sendName)
  })
  rename(file.name)

  function rename(name) {
    row.name = name
    part('name').replaceChildren(...breakable(name))
    for (const named of item.querySelectorAll('[data-named]')) named.textContent = ` ${name}`
    part('renamed').hidden = name === file.name
    part('renamed').textContent = words.renamed.replace('{name}', file.name)
  }

  /** Shows how far the file is. `html` replaces what stands there of it; `retry` offers to try again. */
  function show(state, { html, note = '', retry = false, signIn = false } = {}) {
    row.state = state
    item.dataset.state = state
    part('tag').className = `govuk-tag govuk-tag--${COLOURS[state]}`
    part('tag').textContent = words.states[state]
    if (html !== undefined) part('answer').innerHTML = html
    part('note').textContent = note
    part('note').hidden = note === ''
    part('again').hidden = !retry
    part('sign-in').hidden = !signIn
    const isUnderWay = state === 'sending' || state === 'checking'
    part('progress').hidden = !isUnderWay
    if (state === 'sending') bytes(0, file.size)
    if (state === 'checking') {
      bar.removeAttribute('value')
      part('bytes').textContent = words.checking
    }
    // a sent file is recalled on its own page: taking it out of this list would look like that
    part('remove').hidden = isUnderWay || state === 'queued' || state === 'sent'
  }

  function bytes(sent, all) {
    bar.max = all || 1
    bar.value = sent
    const percent = all ? Math.floor((100 * sent) / all) : 100
    part('bytes').textContent = words.bytes.replace('{percent}', percent).replace('{size}', sizeInWords(all))
  }

  /** Waits as long as the service asked for, saying so every second. */
  async function wait(seconds) {
    for (let left = seconds; left > 0; left -= 1) {
      show('queued', { note: counted(words.busy, left) })
      await new Promise((resolve) => {
        setTimeout(resolve, 1000)
      })
    }
  }

  return row
}
