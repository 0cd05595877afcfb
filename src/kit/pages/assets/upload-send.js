// Asks the service for the upload page: one answer for each file, whatever became of it.

const FORM_STALE = 'urn:cts:problem:form-stale'

/** What is asked of the session whose form this is, with the token of the form. */
export function openSending(form) {
  const { who } = form.dataset
  const token = form.querySelector('[name=_csrf]')

  /**
   * Asks once. Gives { status, html, problem, wait }: status 0 where no answer came, html where the answer is a part
   * of the page, problem where it is one, and wait, the seconds after which to ask again, where that was said.
   */
  function ask(method, path, body, { bytes = () => {}, whole = () => {} } = {}) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest()
      request.open(method, path)
      request.setRequestHeader('x-csrf-token', token.value)
      request.setRequestHeader('accept-language', document.documentElement.lang)
      if (body) request.setRequestHeader('content-type', 'application/octet-stream')
      request.upload.addEventListener('progress', ({ loaded, total }) => bytes(loaded, total))
      request.upload.addEventListener('load', whole)
      request.addEventListener('loadend', () => resolve(answerOf(request)))
      request.send(body)
    })
  }

  /** After a new sign-in the form's token is stale: 'same' person again, 'other', or 'none' where nobody is there. */
  async function renew() {
    try {
      const answer = await fetch('/upload', { headers: { accept: 'text/html' }, redirect: 'manual' })
      if (!answer.ok) return 'none'
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const now = page.querySelector('form[data-upload]')
      if (now?.dataset.who !== who) return 'other'
      token.value = now.querySelector('[name=_csrf]').value
      return 'same'
    } catch {
      return 'none'
    }
  }

  return {
    /** Asks; where the token was stale, once more with the new one. `{ status: 'other' }` where the person changed. */
    async ask(...asked) {
      const answer = await ask(...asked)
      if (answer.problem?.type !== FORM_STALE) return answer
      const who = await renew()
      if (who === 'other') return { status: 'other' }
      return who === 'same' ? ask(...asked) : answer
    },
  }
}

function answerOf(request) {
  const type = request.getResponseHeader('content-type') ?? ''
  const text = request.responseText
  return {
    status: request.status,
    html: type.startsWith('text/html') ? text : null,
    problem: type.startsWith('application/problem+json') ? JSON.parse(text) : null,
    wait: Number(request.getResponseHeader('retry-after')) || null,
  }
}

/** Runs what it is given, at most so many at a time, in the order in which they came. */
export function lane(most) {
  const waiting = []
  let running = 0
  function next() {
    if (running >= most || waiting.length === 0) return
    running += 1
    void waiting
      .shift()()
      .finally(() => {
        running -= 1
        next()
      })
  }
  return (task) => {
    waiting.push(task)
    next()
  }
}
