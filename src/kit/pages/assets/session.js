// Warns before the session ends. What was typed stays where it is: nothing is reloaded.

const WARN_SECONDS = 120

/** Watches the session of the page's person, if somebody is signed in. */
export function watchSession() {
  const dialog = document.querySelector('dialog[data-session]')
  if (!dialog) return
  const { keep, check, ended, csrf } = dialog.dataset
  const count = dialog.querySelector('[data-count]')
  const stay = dialog.querySelector('[data-stay]')
  let endsAt = Date.now() + Number(dialog.dataset.seconds) * 1000
  let timer

  function left() {
    return Math.round((endsAt - Date.now()) / 1000)
  }

  /** Other pages of the same person keep the session too, so the service is asked before anything is said. */
  async function look() {
    clearTimeout(timer)
    if (left() > WARN_SECONDS) return plan()
    const asks = !dialog.open || left() <= 0
    if (asks && !(await ask(check))) return leave()
    if (left() > WARN_SECONDS) return plan()
    if (left() <= 0) return leave()
    if (!dialog.open) dialog.showModal()
    tell()
    timer = setTimeout(look, 1000)
  }

  function plan() {
    if (dialog.open) dialog.close()
    timer = setTimeout(look, Math.max(1000, Math.min((left() - WARN_SECONDS) * 1000, 60_000)))
  }

  async function ask(path, init) {
    try {
      const answer = await fetch(path, {
        ...init,
        headers: { accept: 'application/json', 'x-csrf-token': csrf },
      })
      if (!answer.ok) return false
      const { seconds } = await answer.json()
      endsAt = Date.now() + seconds * 1000
      return true
    } catch {
      // no line just now; the time goes on as it was known
      return true
    }
  }

  function tell() {
    const seconds = Math.max(0, left())
    const minutes = Math.floor(seconds / 60)
    count.textContent = `${minutes}:${String(seconds % 60).padStart(2, '0')}`
  }

  /** After signing in again the person comes back to this page. */
  function leave() {
    location.assign(`${ended}&to=${encodeURIComponent(location.pathname + location.search)}`)
  }

  async function stayHere() {
    if (await ask(keep, { method: 'POST' })) plan()
    else leave()
  }

  stay.addEventListener('click', () => void stayHere())
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    void stayHere()
  })
  plan()
}
