/** Sending files and collecting them: the door of this room. */
export { routes } from './api.ts'
export { openCheckPool, type CheckPool } from './check-pool.ts'
