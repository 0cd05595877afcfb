// Before anything is shown: tells the styles that scripts run, and GOV.UK Frontend that it may.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')
