import { initAll } from './govuk.js'
import { watchSession } from './session.js'

initAll()
watchSession()
