// The page needs no decision: who wanted to log off has said so already.
document.querySelector('form[data-log-off]')?.submit()
