// The page of one file: whether it downloaded correctly is asked once its download has begun.

const download = document.querySelector('[data-download] a')
const question = document.querySelector('[data-downloaded]')

if (download && question) {
  question.hidden = true
  download.addEventListener('click', () => {
    question.hidden = false
    download.classList.add('govuk-button--secondary')
    question.querySelector('button').classList.remove('govuk-button--secondary')
  })
}
