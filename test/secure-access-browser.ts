import { z } from 'zod'

/** What a browser shows after a request: the answer, and its text. */
export interface Seen {
  status: number
  url: string
  headers: Headers
  text: string
  /** Where it leads, when it is a redirect; whole address. */
  location: string | null
}

/** A browser without a screen: it keeps cookies as browsers do, and says where its requests come from. */
export interface Browser {
  get(address: string, headers?: Record<string, string>): Promise<Seen>
  /** Sends a form. */
  post(address: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Seen>
  /** Goes where redirects lead while they stay under Secure Access. */
  follow(seen: Seen): Promise<Seen>
  /** Its cookies, as name=value; path. */
  cookies(): readonly Cookie[]
  /** Closes its window: cookies without a time of their own are gone. */
  close(): void
  /** Forgets every cookie. */
  clear(): void
}

/** A cookie as a browser keeps it. */
export interface Cookie {
  name: string
  value: string
  path: string
  /** The whole header that set it. */
  header: string
}

const REDIRECTS_MOST = 10

/** Opens a browser in front of a service. */
export function openBrowser(origin: string): Browser {
  const jar = new Map<string, Cookie>()

  function keep(header: string): void {
    const [pair = '', ...attributes] = header.split(';').map((part) => part.trim())
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(pair) ?? []
    const attribute = (wanted: string): string | undefined =>
      attributes.find((one) => one.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1)
    const path = attribute('path') ?? '/'
    const expires = attribute('expires')
    if (expires !== undefined && Date.parse(expires) <= Date.now()) jar.delete(`${name};${path}`)
    else jar.set(`${name};${path}`, { name, value, path, header })
  }

  function cookiesFor(pathname: string): string {
    const meant = [...jar.values()].filter(({ path }) => `${pathname}/`.startsWith(path.replace(/\/?$/, '/')))
    return meant.map(({ name, value }) => `${name}=${value}`).join('; ')
  }

  async function ask(address: string, init: RequestInit, headers: Record<string, string>): Promise<Seen> {
    const url = new URL(address, origin)
    const cookie = cookiesFor(url.pathname)
    const answer = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: {
        accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        ...(cookie ? { cookie } : {}),
        ...headers,
      },
    })
    answer.headers.getSetCookie().forEach(keep)
    const location = answer.headers.get('location')
    return {
      status: answer.status,
      url: url.href,
      headers: answer.headers,
      text: await answer.text(),
      location: location === null ? null : new URL(location, url).href,
    }
  }

  const get: Browser['get'] = (address, headers = {}) => ask(address, {}, headers)

  return {
    get,
    post: (address, fields, headers = {}) =>
      ask(
        address,
        { method: 'POST', body: new URLSearchParams(fields) },
        { 'sec-fetch-site': 'same-origin', origin, ...headers },
      ),
    async follow(seen) {
      let at = seen
      for (let step = 0; step < REDIRECTS_MOST; step++) {
        if (!at.location?.startsWith(`${origin}/secure-access/`)) return at
        at = await get(at.location)
      }
      return at
    },
    cookies: () => [...jar.values()],
    close() {
      for (const [key, { header }] of jar) if (!/; (max-age|expires)=/i.test(header)) jar.delete(key)
    },
    clear: () => jar.clear(),
  }
}

/** The fields that a form on a page sends unasked, and where it sends them. */
export function formOf({ text, url }: Seen): { action: string; fields: Record<string, string> } {
  const form = /<form[^>]*method="post"[^>]*>[\s\S]*?<\/form>/.exec(text)?.[0]
  if (form === undefined) throw new Error(`no form on ${url}`)
  const action = /^<form[^>]* action="([^"]*)"/.exec(form)?.[1] ?? url
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const fields = Object.fromEntries(hidden.map(([, name, value]) => [name!, value!]))
  return { action: new URL(action, url).href, fields: z.record(z.string(), z.string()).parse(fields) }
}
