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

/** A URL that may carry a password: shown with user, host and path, but without the password and the query. */
export function secretUrl(value: string): Secret {
  const url = new URL(value)
  const user = url.username === '' ? '' : `${url.username}${url.password === '' ? '' : `:${MASK}`}@`
  const bare = url.username === '' && url.password !== '' ? `:${MASK}@` : user
  return new Secret(value, `${url.protocol}//${bare}${url.host}${url.pathname}${url.search === '' ? '' : `?${MASK}`}`)
}
