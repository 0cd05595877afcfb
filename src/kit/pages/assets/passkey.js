import './webauthn.js'

// Forms that ask the browser for a passkey: they show themselves only where browsers know such keys, and send what the
// browser answers to `data-options` as the field `answer`.
const { browserSupportsWebAuthn, startAuthentication, startRegistration } = globalThis.SimpleWebAuthnBrowser

if (browserSupportsWebAuthn()) {
  for (const form of document.querySelectorAll('form[data-passkey]')) offer(form)
}

function offer(form) {
  const asks = form.dataset.passkey === 'new' ? startRegistration : startAuthentication
  const failed = form.querySelector('[data-passkey-failed]')
  form.hidden = false
  for (const also of document.querySelectorAll('[data-passkey-also]')) also.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    failed.hidden = true
    try {
      const answer = await asks({ optionsJSON: JSON.parse(form.dataset.options) })
      form.elements.answer.value = JSON.stringify(answer)
      form.submit()
    } catch {
      // whoever closed the browser's question, or has no such key, may try again or take another way
      failed.hidden = false
    }
  })
}
