import { StageError } from '@torrentino/domain'
import { type HttpAnswer, HttpError, type RequestOptions } from '@torrentino/runtime'
import { CookieJar } from './cookie-jar.js'
import { clientError, unreachable } from './failures.js'
import type { QbittorrentOptions } from './options.js'

/** qBittorrent bans an address after five failed logins, for an hour by default: a refusal is not tried again soon. */
const LOGIN_PAUSE_MS = 30 * 60_000

type Login = Pick<QbittorrentOptions, 'url' | 'username' | 'password' | 'http' | 'log'>
type Ask = (options: RequestOptions) => Promise<HttpAnswer>

/** Requests to one qBittorrent. It is logged in when it asks for that, once for all that wait, and again when the session has expired. */
const STRANGE_ADDRESS =
  ', or it does not know qbittorrent.url as its own (the port must be the one of its web interface, or its host header validation off)'

export class Session {
  private readonly cookies = new CookieJar()
  private loggingIn: Promise<void> | null = null
  private logins = 0
  private refusal: { error: StageError; until: number } | null = null

  constructor(private readonly login: Login) {}

  get(path: string, query: Record<string, string> = {}, options: RequestOptions = {}): Promise<HttpAnswer> {
    const search = new URLSearchParams(query).toString()
    return this.send((common) => this.login.http.get(`${this.url(path)}${search && `?${search}`}`, { ...options, ...common }))
  }

  post(path: string, form: Record<string, string> | FormData, options: RequestOptions = {}): Promise<HttpAnswer> {
    const fields = () => (form instanceof FormData ? form : new URLSearchParams(form))
    return this.send((common) => this.login.http.postForm(this.url(path), fields(), { ...options, ...common }))
  }

  private async send(ask: Ask): Promise<HttpAnswer> {
    if (this.refusal && Date.now() < this.refusal.until) throw this.refusal.error
    const before = this.logins
    const answer = await this.attempt(ask)
    if (answer.status !== 401 && answer.status !== 403) return answer
    await this.logInAfter(before)
    const again = await this.attempt(ask)
    if (again.status === 401 || again.status === 403)
      throw authFailed('qBittorrent let us log in and then not go on. Is it behind a proxy that changes the host name?')
    return again
  }

  /** Whoever else was sent away meanwhile waits for the same login. */
  private async logInAfter(before: number): Promise<void> {
    if (this.logins !== before) return
    this.loggingIn ??= this.logIn().finally(() => {
      this.loggingIn = null
    })
    await this.loggingIn
  }

  private async logIn(): Promise<void> {
    const { username, password } = this.login
    if (username === '' && password === '')
      throw authFailed('qBittorrent asks for a login: set qbittorrent.username and qbittorrent.password.')
    const answer = await this.attempt((common) =>
      this.login.http.postForm(this.url('auth/login'), new URLSearchParams({ username, password }), common),
    )
    if (answer.status === 403)
      throw this.refuse('client_banned', 'qBittorrent has banned our address after failed logins; it is not asked again for half an hour.')
    const refused = answer.status === 401
    // "Fails." with status 200 until 5.1, 401 since 5.2; a success is "Ok." and later an empty 204.
    // 401 is also what it says of an address that it does not know as its own, such as another port in front of a container's.
    if (refused || answer.body.toString('utf8', 0, 20).trim() === 'Fails.')
      throw this.refuse(
        'client_auth',
        `qBittorrent refuses qbittorrent.username and qbittorrent.password${refused ? STRANGE_ADDRESS : ''}; they are not tried again for half an hour, because it bans after five times.`,
      )
    if (answer.status >= 300) throw clientError(`answers a login with status ${answer.status}`)
    this.logins++
  }

  private refuse(code: string, message: string): StageError {
    const error = new StageError('retryable', code, message, { retryAfterMs: LOGIN_PAUSE_MS })
    this.refusal = { error, until: Date.now() + LOGIN_PAUSE_MS }
    this.login.log?.(message)
    return error
  }

  private async attempt(ask: Ask): Promise<HttpAnswer> {
    const answer = await this.askTwice(ask).catch((error: unknown) => {
      throw error instanceof HttpError ? unreachable(error.message, error) : error
    })
    this.cookies.take(answer.headers['set-cookie'])
    // As a proxy answers for a qBittorrent that is down.
    if (answer.status >= 500) throw unreachable(`it answers with status ${answer.status}`)
    return answer
  }

  /** It closes connections that were idle for a while, just when one is used again, too. All that we ask may be asked twice. */
  private async askTwice(ask: Ask): Promise<HttpAnswer> {
    const once = () => ask({ headers: this.cookies.headers(), provider: 'qbittorrent' })
    return once().catch((error: unknown) =>
      error instanceof HttpError && error.failure === 'unreachable' ? once() : Promise.reject(error),
    )
  }

  private url(path: string): string {
    const url = new URL(this.login.url)
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v2/${path}`
    return url.href
  }
}

function authFailed(message: string): StageError {
  return new StageError('retryable', 'client_auth', message)
}
