// Choosing rows as in a list of files: click, Shift, Ctrl and the keyboard; and, once a download went out, the question
// whether it arrived. Without this script the checkboxes and buttons do all of it.

const form = document.querySelector('form[data-rows]')
if (form?.querySelector('[data-row]')) start(form)

function start(form) {
  const table = form.querySelector('table')
  const boxes = [...table.querySelectorAll('[data-row] input[type=checkbox]')]
  const every = document.getElementById('pick-all')
  const count = form.querySelector('[data-selected]')
  const button = form.querySelector('[data-counted]')
  const words = JSON.parse(form.dataset.words)
  const plain = button?.textContent
  // where a range begins: the row that was last chosen or let go by itself
  let anchor = null

  function tell() {
    const chosen = boxes.filter((box) => box.checked).length
    count.textContent = chosen > 0 ? counted(words.selected, chosen) : words.none
    if (button) button.textContent = chosen > 0 ? counted(words.download, chosen) : plain
    if (every) {
      every.checked = chosen > 0 && chosen === boxes.length
      every.indeterminate = chosen > 0 && chosen < boxes.length
    }
    for (const box of boxes) box.closest('tr').classList.toggle('cts-rows__chosen', box.checked)
  }

  function choose(box, checked) {
    box.checked = checked
    anchor = box
    tell()
  }

  /** All rows from the anchor to this one become as the anchor is. */
  function chooseRange(box) {
    const from = anchor ? boxes.indexOf(anchor) : boxes.indexOf(box)
    const to = boxes.indexOf(box)
    const checked = anchor ? anchor.checked : true
    for (const one of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = checked
    anchor ??= box
    tell()
  }

  function chooseAll(checked) {
    for (const box of boxes) box.checked = checked
    tell()
  }

  // a click on a box has toggled it already; with Shift it makes a range instead
  table.addEventListener('click', (event) => {
    const row = event.target.closest('[data-row]')
    if (!row || event.target.closest('a, label') || event.button !== 0) return
    const box = row.querySelector('input[type=checkbox]')
    const isBox = event.target === box
    // what the click itself did to the box is undone by the range
    if (event.shiftKey) chooseRange(box)
    else if (isBox) choose(box, box.checked)
    else if (String(getSelection()) === '') choose(box, !box.checked)
    // the keyboard goes on from there
    box.focus({ preventScroll: true })
  })
  // Shift would mark text from row to row
  table.addEventListener('mousedown', (event) => {
    if (event.shiftKey && event.target.closest('[data-row]')) event.preventDefault()
  })

  table.addEventListener('keydown', (event) => {
    const at = boxes.indexOf(event.target)
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') {
      event.preventDefault()
      chooseAll(true)
    } else if (at >= 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const next = boxes[at + (event.key === 'ArrowDown' ? 1 : -1)]
      event.preventDefault()
      if (!next) return
      next.focus()
      if (!event.shiftKey) return
      if (!anchor) choose(boxes[at], true)
      chooseRange(next)
    } else if (at >= 0 && event.key === ' ' && event.shiftKey) {
      event.preventDefault()
      chooseRange(boxes[at])
    }
  })
  // the browser toggles a box by Space when the key is let go
  table.addEventListener('keyup', (event) => {
    if (event.key === ' ' && event.shiftKey && boxes.includes(event.target)) event.preventDefault()
  })

  if (every) {
    every.closest('[hidden]').hidden = false
    every.addEventListener('change', () => chooseAll(every.checked))
  }
  // a page that the browser shows again keeps what was chosen
  addEventListener('pageshow', tell)
  tell()

  form.addEventListener('submit', (event) => {
    if (event.submitter?.value !== 'download') return
    const chosen = boxes.filter((box) => box.checked)
    const progress = form.querySelector('[data-progress]')
    if (chosen.length === 0 || !chosen.some((box) => 'awaits' in box.dataset)) return
    progress.textContent = words.begun
    void ask(chosen.map((box) => box.value)).then((html) => {
      progress.textContent = html ? '' : words.late
      if (!html) return
      chooseAll(false)
      show(html)
    })
  })

  /** Seconds between looks whether the download went out: a minute and a half in all. */
  const LOOKS = [0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20]

  /** Asks the service until all of it went out; gives the question, or nothing when it took too long. */
  async function ask(ids) {
    const csrf = form.elements['_csrf'].value
    for (const seconds of LOOKS) {
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
      const html = await look(ids, csrf)
      if (html) return html
    }
    return ''
  }

  async function look(ids, csrf) {
    try {
      const body = new URLSearchParams(ids.map((id) => ['id', id]))
      const answer = await fetch(form.dataset.questionPath, {
        method: 'POST',
        body,
        headers: { 'x-csrf-token': csrf },
      })
      return answer.ok ? (await answer.text()).trim() : ''
    } catch {
      // no line just now, or this page is being left
      return ''
    }
  }

  function show(html) {
    const place = document.querySelector('[data-question]')
    place.innerHTML = html
    place.querySelector('[data-focus]').focus()
  }
}

/** The words for a number: one form for each from 0 to 6, that of 5 for all beyond. */
function counted(forms, n) {
  return (forms[n] ?? forms[5]).replace('{n}', n)
}
