import { pino, type Logger } from 'pino'

/**
 * The service's log: JSON lines on standard error, so that standard output stays for what a person or script reads.
 * A request's address, query and headers are never in it: a file's name and a token would be.
 */
export function openLog(): Logger {
  return pino({ level: 'info', base: null }, pino.destination(2))
}
