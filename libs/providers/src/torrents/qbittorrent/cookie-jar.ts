const MAX_COOKIES = 20
const MAX_CHARS = 4096

/** Gives back every cookie by the name that it came with: the session's has had several, and proxies have their own. */
export class CookieJar {
  private readonly values = new Map<string, string>()

  /** Several come joined by commas; a date in one has a comma, too, but no `name=` after it. */
  take(header: string | undefined): void {
    for (const cookie of header?.split(/,\s*(?=[\w!#$%&'*+.^`|~-]{1,200}=)/) ?? []) {
      const [, name, value] = /^([\w!#$%&'*+.^`|~-]{1,200})=([^;]*)/.exec(cookie) ?? []
      if (name === undefined || value === undefined || value.length > MAX_CHARS) continue
      if (this.values.has(name) || this.values.size < MAX_COOKIES) this.values.set(name, value)
    }
  }

  headers(): Record<string, string> {
    if (this.values.size === 0) return {}
    return { cookie: [...this.values].map(([name, value]) => `${name}=${value}`).join('; ') }
  }
}
