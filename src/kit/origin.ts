import type { Config } from './config.ts'

/**
 * Where people reach the service, without a slash at its end: by PUBLIC_URL, else by its host and port. What is built to
 * answer requests has PUBLIC_URL in its settings always (see buildApp); a command has what it is set to.
 */
export function originOf({ publicUrl, host, port }: Pick<Config, 'publicUrl' | 'host' | 'port'>): string {
  const shown = host.includes(':') ? `[${host}]` : host
  return (publicUrl ?? `http://${shown}:${port}`).replace(/\/+$/, '')
}
