import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { Secret } from '@torrentino/runtime'
import fc from 'fast-check'
import { AUTH_METHODS, createAuthenticator } from './create-authenticator.js'

const sha256 = (key: string) => new Secret(createHash('sha256').update(key).digest('hex'))
const tokens = [
  { name: 'ann', role: 'user', sha256: sha256('key-of-ann') },
  { name: 'root', role: 'admin', sha256: sha256('key-of-root') },
] as const
const who = (authorization?: string) => createAuthenticator({ method: 'token', tokens }).authenticate({ headers: { authorization } })

describe('method token', () => {
  it.each([
    ['Bearer key-of-ann', { userId: 'ann', role: 'user', method: 'token' }],
    ['bearer key-of-root', { userId: 'root', role: 'admin', method: 'token' }],
    ['Bearer key-of-', null],
    ['Bearer key-of-ann ', null],
    ['Bearer  key-of-ann', null],
    ['Bearer', null],
    ['Basic key-of-ann', null],
    ['key-of-ann', null],
    ['', null],
    [undefined, null],
  ])('%j', async (authorization, identity) => expect(await who(authorization)).toEqual(identity))

  it('knows nobody by any other text, and never throws', async () => {
    await fc.assert(fc.asyncProperty(fc.string(), fc.string(), async (scheme, key) => expect(await who(`${scheme} ${key}`)).toBeNull()))
  })

  it('knows nobody when no key is configured', async () => {
    expect(await createAuthenticator({ method: 'token', tokens: [] }).authenticate({ headers: { authorization: 'Bearer x' } })).toBeNull()
  })
})

it('method none knows everybody as admin, whatever he sends', async () => {
  const { authenticate } = createAuthenticator({ method: 'none', tokens: [] })
  const everybody = { userId: 'anonymous', role: 'admin', method: 'none' }
  expect(await authenticate({ headers: {} })).toEqual(everybody)
  expect(await authenticate({ headers: { authorization: 'Bearer wrong' } })).toEqual(everybody)
})

it('has the methods that can be configured', () => {
  expect(Object.keys(AUTH_METHODS)).toEqual(['none', 'token'])
})
