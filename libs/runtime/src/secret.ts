import { inspect } from 'node:util'

const MASK = '***'

/** A value that cannot be logged, printed or serialised by accident; whoever needs it says so with `reveal()`. */
export class Secret {
  readonly #value: string
  readonly #shown: string

  constructor(value: string, shown: string = MASK) {
    this.#value = value
    this.#shown = shown
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return this.#shown
  }

  toJSON(): string {
    return this.#shown
  }

  [inspect.custom](): string {
    return this.#shown
  }
}

/** Some addresses name several servers, which URL does not know: with the first one alone, and the others apart. */
export function apartFromOthers(value: string): { url: string; others: string } {
  const [, before = '', first = '', others = '', path = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?)([^,/?#@]*)(,[^/?#@]*)(.*)$/is.exec(value) ?? []
  return others === '' ? { url: value, others } : { url: `${before}${first}${path}`, others }
}

/** A URL that may carry a password: shown with user, hosts and path, but without the password and the query. */
export function secretUrl(value: string): Secret {
  const { url: single, others } = apartFromOthers(value)
  const url = new URL(single)
  const user = url.username === '' ? '' : `${url.username}${url.password === '' ? '' : `:${MASK}`}@`
  const bare = url.username === '' && url.password !== '' ? `:${MASK}@` : user
  return new Secret(value, `${url.protocol}//${bare}${url.host}${others}${url.pathname}${url.search === '' ? '' : `?${MASK}`}`)
}
