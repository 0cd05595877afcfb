/** An answer after all redirects. */
export interface JarAnswer {
  status: number
  url: string
  html: string
}

/** A browser without a screen: it keeps cookies by their paths and follows redirects. */
export interface Jar {
  get(url: string): Promise<JarAnswer>
  /** Sends a form of a page, filled in: that with this action, else the first that is not the log-off. */
  submit(page: JarAnswer, fields: Record<string, string>, action?: string): Promise<JarAnswer>
  /** The same, without going where the answer leads; gives its status. */
  submitOnly(page: JarAnswer, fields: Record<string, string>): Promise<number>
  /** What would be sent to a path. */
  cookie(path: string): string
}

interface Kept {
  value: string
  path: string
}

type Sending = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> }

/** Opens such a browser. */
export function openJar(): Jar {
  const kept = new Map<string, Kept>()

  function cookie(path: string): string {
    const sent = [...kept].filter(
      ([, one]) => path === one.path || path.startsWith(one.path.endsWith('/') ? one.path : `${one.path}/`),
    )
    return sent.map(([key, { value }]) => `${key.split(' ')[0]}=${value}`).join('; ')
  }

  function keep(set: string): void {
    const [pair = '', ...attributes] = set.split(/; */)
    const at = pair.indexOf('=')
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/'
    const key = `${pair.slice(0, at)} ${path}`
    const gone = attributes.some((one) => /^(max-age=0$|expires=Thu, 01 Jan 1970)/i.test(one))
    if (gone) kept.delete(key)
    else kept.set(key, { value: pair.slice(at + 1), path })
  }

  async function go(url: string, init: Sending = {}): Promise<JarAnswer> {
    let next: { url: string; init: Sending } = { url, init }
    for (let hop = 0; hop < 15; hop += 1) {
      const { to, answer } = await once(next.url, next.init)
      if (to === null) return answer
      next = { url: new URL(to, next.url).href, init: {} }
    }
    throw new Error(`too many redirects from ${url}`)
  }

  async function once(url: string, init: Sending): Promise<{ to: string | null; answer: JarAnswer }> {
    const headers = { accept: 'text/html', cookie: cookie(new URL(url).pathname), ...init.headers }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const set of response.headers.getSetCookie()) keep(set)
    const answer = { status: response.status, url, html: await response.text() }
    return { to: response.headers.get('location'), answer }
  }

  return {
    get: (url) => go(url),
    submit(page, fields, asked) {
      const { url, init } = sending(page, fields, asked)
      return go(url, init)
    },
    async submitOnly(page, fields) {
      const { url, init } = sending(page, fields)
      return (await once(url, init)).answer.status
    },
    cookie,
  }
}

/** What a browser sends for a form of a page. */
function sending(
  page: JarAnswer,
  fields: Record<string, string>,
  asked?: string,
): { url: string; init: Sending } {
  const forms = [...page.html.matchAll(/<form[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => form)
  const form = forms.find((one) =>
    asked === undefined ? !one.includes('action="/log-off"') : one.includes(`action="${asked}"`),
  )
  if (!form) throw new Error(`no form at ${page.url}: ${page.html.slice(0, 2000)}`)
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const body = new URLSearchParams({
    ...Object.fromEntries(hidden.map(([, name, value]) => [name!, value!])),
    ...fields,
  })
  const action = /action="([^"]*)"/.exec(form)?.[1] ?? page.url
  const headers = { 'sec-fetch-site': 'same-origin' }
  return { url: new URL(action, page.url).href, init: { method: 'POST', body, headers } }
}

/** Signs somebody in by the form, as a browser does, and gives the browser with the page that it came to. */
export async function signIn(
  url: string,
  { username, password }: { username: string; password: string },
): Promise<{ jar: Jar; page: JarAnswer }> {
  const jar = openJar()
  const form = await jar.get(`${url}/`)
  const page = await jar.submit(form, { username, password })
  return { jar, page }
}
