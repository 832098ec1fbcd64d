import { createHmac, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createHttpClient } from '@torrentino/runtime'
import jwt from 'jsonwebtoken'
import { anyAuthenticator } from '../../test-support/any-authenticator.js'
import { askedFrom } from '../../test-support/asked-from.js'
import { AUDIENCE, startIssuer } from '../../test-support/test-issuer.js'
import type { Authenticator } from '../identity.js'

type Issuer = Awaited<ReturnType<typeof startIssuer>>

const http = createHttpClient()
let issuer: Issuer
beforeAll(async () => {
  issuer = await startIssuer()
})
afterAll(async () => {
  await issuer.close()
  http.close()
})

interface Clock {
  now: Date
}

function authenticator(
  more: Record<string, string> = {},
  { clock = { now: new Date() }, of = issuer }: { clock?: Clock; of?: Issuer } = {},
): Authenticator {
  const env = { AUTH_METHOD: 'oidc', AUTH_OIDC_ISSUER: of.url, AUTH_OIDC_AUDIENCE: AUDIENCE, ...more }
  return anyAuthenticator(env, { http, now: () => clock.now })
}

const by = (who: Authenticator, token: string) => who.authenticate(askedFrom('192.0.2.1', { authorization: `Bearer ${token}` }))
const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset

describe('method oidc knows', () => {
  it.each([
    ['a plain user', {}, {}, { userId: 'ann', role: 'user' }],
    ['an admin', { roles: ['reader', 'admin'] }, {}, { role: 'admin' }],
    [
      'roles that lie deeper',
      { realm_access: { roles: ['ops'] } },
      { AUTH_OIDC_ROLE_CLAIM: 'realm_access.roles', AUTH_OIDC_ADMIN_ROLES: 'ops' },
      { role: 'admin' },
    ],
    [
      'a claim whose name has dots',
      { 'https://x.example/roles': 'ops' },
      { AUTH_OIDC_ROLE_CLAIM: 'https://x.example/roles', AUTH_OIDC_ADMIN_ROLES: 'ops' },
      { role: 'admin' },
    ],
    ['roles in one text', { scope: 'read admin' }, { AUTH_OIDC_ROLE_CLAIM: 'scope' }, { role: 'admin' }],
    ['users by another claim', { preferred_username: 'annie' }, { AUTH_OIDC_USER_ID_CLAIM: 'preferred_username' }, { userId: 'annie' }],
    [
      'users by their confirmed mail',
      { email: 'a@x.example', email_verified: true },
      { AUTH_OIDC_USER_ID_CLAIM: 'email' },
      { userId: 'a@x.example' },
    ],
    ['one of several audiences', { aud: ['other', AUDIENCE] }, {}, { userId: 'ann' }],
    ['a token that ended within the skew', { exp: seconds(-20) }, {}, { userId: 'ann' }],
  ])('%s', async (_what, claims, env, expected) =>
    expect(await by(authenticator(env), issuer.token(claims))).toMatchObject({ ...expected, method: 'oidc' }),
  )

  it('keys on elliptic curves', async () => {
    const elliptic = await startIssuer('ES256')
    expect(await by(authenticator({}, { of: elliptic }), elliptic.token())).toMatchObject({ userId: 'ann' })
    await elliptic.close()
  })
})

describe('method oidc knows not', () => {
  it.each([
    ['a token of yesterday', { exp: seconds(-86_400) }, {}],
    ['one that ended just beyond the skew', { exp: seconds(-60) }, {}],
    ['one of tomorrow', { nbf: seconds(86_400) }, {}],
    ['one for somebody else', { aud: 'other' }, {}],
    ['one of another issuer', { iss: 'https://other.example' }, {}],
    ['one without a user', { sub: undefined }, {}],
    ['a user that is no text', { sub: 7 }, {}],
    ['a user with a line break', { sub: 'ann\nroot' }, {}],
    ['a mail that was never confirmed', { email: 'a@x.example', email_verified: false }, { AUTH_OIDC_USER_ID_CLAIM: 'email' }],
    ['one without a role where one is needed', { roles: ['other'] }, { AUTH_OIDC_USER_ROLES: 'reader' }],
    ['a role of the prototype', {}, { AUTH_OIDC_ROLE_CLAIM: '__proto__.constructor.name', AUTH_OIDC_USER_ROLES: 'Object' }],
  ])('%s', async (_what, claims, env) => {
    expect(await by(authenticator(env), issuer.token(claims))).toBeNull()
  })

  it('one that never ends', async () => expect(await by(authenticator(), issuer.token({ exp: undefined }))).toBeNull())

  it('one that is not signed', async () => {
    const token = jwt.sign({ sub: 'ann', iss: issuer.url, aud: AUDIENCE }, '', { algorithm: 'none', expiresIn: 60, keyid: 'key-1' })
    expect(await by(authenticator(), token)).toBeNull()
  })

  it("one that is signed with the issuer's public key as a shared secret", async () => {
    const [header, payload] = [{ alg: 'HS256', typ: 'JWT', kid: 'key-1' }, jwt.decode(issuer.token())].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    )
    const signature = createHmac('sha256', issuer.publicPem()).update(`${header}.${payload}`).digest('base64url')
    expect(await by(authenticator(), `${header}.${payload}.${signature}`)).toBeNull()
  })

  it('one that is signed by another key of the same name', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const token = jwt.sign({ sub: 'ann', iss: issuer.url, aud: AUDIENCE }, privateKey, {
      algorithm: 'RS256',
      expiresIn: 60,
      keyid: 'key-1',
    })
    expect(await by(authenticator(), token)).toBeNull()
  })

  it('an algorithm that is not among those that are set', async () =>
    expect(await by(authenticator({ AUTH_OIDC_ALGORITHMS: 'ES256' }), issuer.token())).toBeNull())

  it.each(['', 'a', 'a.b.c', '...', `${'a'.repeat(10_000)}.b.c`, 'eyJhbGciOiJSUzI1NiJ9.e30.'])('%.20j', async (token) =>
    expect(await by(authenticator(), token)).toBeNull(),
  )
})

describe('the keys of the issuer', () => {
  it('are asked for once, whoever comes', async () => {
    const who = authenticator()
    const before = issuer.asked()
    await Promise.all(Array.from({ length: 20 }, () => by(who, issuer.token())))
    expect(issuer.asked()).toBe(before + 1)
  })

  it('a new one counts at once, one that is withdrawn soon no more, and rubbish does not make us ask all the time', async () => {
    const clock = { now: new Date() }
    const who = authenticator({}, { clock })
    const old = issuer.token({}, { expiresIn: 86_400 })
    expect(await by(who, old)).not.toBeNull()

    clock.now = new Date(clock.now.getTime() + 20_000)
    issuer.rotate(true)
    expect(await by(who, issuer.token())).not.toBeNull()
    expect(await by(who, old)).not.toBeNull()

    const before = issuer.asked()
    for (const keyid of ['a', 'b', 'c', 'd']) expect(await by(who, issuer.token({}, { keyid }))).toBeNull()
    expect(issuer.asked()).toBe(before)

    issuer.rotate(false)
    clock.now = new Date(clock.now.getTime() + 601_000)
    expect(await by(who, old)).toBeNull()
    expect(await by(who, issuer.token())).not.toBeNull()
  })

  it('while the issuer is away those that are known still count, for an hour', async () => {
    const clock = { now: new Date() }
    const who = authenticator({}, { clock })
    const token = issuer.token({}, { expiresIn: 86_400 })
    expect(await by(who, token)).not.toBeNull()
    issuer.isAway = true
    clock.now = new Date(clock.now.getTime() + 1_800_000)
    expect(await by(who, token)).not.toBeNull()
    expect(await by(who, issuer.token({}, { keyid: 'new' }))).toBeNull()
    clock.now = new Date(clock.now.getTime() + 3_600_000)
    await expect(by(who, token)).rejects.toMatchObject({ code: 'unavailable' })
    issuer.isAway = false
    clock.now = new Date(clock.now.getTime() + 20_000)
    expect(await by(who, token)).not.toBeNull()
  })

  it('of another issuer, to which a discovery document was redirected, do not count', async () => {
    const other = await startIssuer()
    const proxied = { ...other, url: `${other.url}/` }
    const faults: unknown[] = []
    const who = anyAuthenticator(
      { AUTH_METHOD: 'oidc', AUTH_OIDC_ISSUER: proxied.url, AUTH_OIDC_AUDIENCE: AUDIENCE },
      { http, onFault: (_method, error) => faults.push((error as Error).cause) },
    )
    await expect(by(who, other.token({ iss: proxied.url }))).rejects.toMatchObject({ code: 'unavailable' })
    expect(faults).toHaveLength(1)
    await other.close()
  })

  it('come from jwks_url where one is set', async () => {
    expect(await by(authenticator({ AUTH_OIDC_JWKS_URL: `${issuer.url}/keys` }), issuer.token())).not.toBeNull()
  })
})
