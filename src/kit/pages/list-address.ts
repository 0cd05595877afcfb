import type { FastifyRequest } from 'fastify'

/** What the address of a list asks for, by the names that it may ask for. */
export type ListQuery<Name extends string> = Partial<Record<Name, string>>

/** What a list was asked for, as it stands in the address; what is empty or stands twice is left out. */
export function listQueryOf<Name extends string>(
  request: FastifyRequest,
  names: readonly Name[],
): ListQuery<Name> {
  const query = request.query as Record<string, unknown>
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = query[name]
      return typeof value === 'string' && value !== '' ? [[name, value]] : []
    }),
  ) as ListQuery<Name>
}

/** The address of a list with some of what it was asked for changed; null takes it away. */
export function listAddress(
  path: string,
  query: Readonly<Record<string, string>>,
  changes: Readonly<Partial<Record<string, string | null>>> = {},
): string {
  const params = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) params.delete(name)
    else if (value !== undefined) params.set(name, value)
  }
  return params.size > 0 ? `${path}?${params.toString()}` : path
}

/** What takes a list back to its first page. */
export const FIRST_PAGE = { after: null, before: null } as const
