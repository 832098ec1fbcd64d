import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { AUTH_METHOD_NAMES } from '@torrentino/runtime'
import fc from 'fast-check'
import { anyAuthenticator } from '../test-support/any-authenticator.js'
import { askedFrom } from '../test-support/asked-from.js'
import { AUTH_METHODS } from './create-authenticator.js'

const sha256 = (key: string) => createHash('sha256').update(key).digest('hex')
const AUTH_TOKENS = `ann:user:${sha256('key-of-ann')},root:admin:${sha256('key-of-root')}`
const who = (env: Record<string, string>, authorization?: string) =>
  anyAuthenticator(env).authenticate(askedFrom('10.0.0.1', { authorization }))

it('every method that can be configured is there', () => expect(Object.keys(AUTH_METHODS)).toEqual([...AUTH_METHOD_NAMES]))

describe('method token', () => {
  const env = { AUTH_METHOD: 'token', AUTH_TOKENS }

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
  ])('%j', async (authorization, identity) => expect(await who(env, authorization)).toEqual(identity))

  it('knows nobody by any other text, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), async (scheme, key) => expect(await who(env, `${scheme} ${key}`)).toBeNull()),
    )
  })

  it('knows nobody when there is no key', async () => expect(await who({ AUTH_METHOD: 'token' }, 'Bearer x')).toBeNull())

  it('asks for the hashes of keys that were made, and for nothing else', async () => {
    const asked: string[] = []
    const { authenticate } = anyAuthenticator(env, {
      async findToken(hash) {
        asked.push(hash)
        return hash === sha256('qt_made') ? { name: 'made', role: 'user' } : null
      },
    })
    const by = (key: string) => authenticate(askedFrom('10.0.0.1', { authorization: `Bearer ${key}` }))
    expect(await by('qt_made')).toEqual({ userId: 'made', role: 'user', method: 'token' })
    expect(await by('qt_other')).toBeNull()
    expect(await by('rubbish')).toBeNull()
    expect(asked).toEqual([sha256('qt_made'), sha256('qt_other')])
  })
})

describe('method secret', () => {
  const AUTH_SHARED_SECRET = 'a-secret-of-the-house'
  const env = { AUTH_METHOD: 'secret', AUTH_SHARED_SECRET }

  it.each([
    [env, `Bearer ${AUTH_SHARED_SECRET}`, { userId: 'shared', role: 'user', method: 'secret' }],
    [{ ...env, AUTH_SHARED_SECRET_ROLE: 'admin' }, `Bearer ${AUTH_SHARED_SECRET}`, { userId: 'shared', role: 'admin', method: 'secret' }],
    [env, 'Bearer a-secret-of-the-hous', null],
    [env, undefined, null],
  ])('%j, %j', async (settings, authorization, identity) => expect(await who(settings, authorization)).toEqual(identity))
})

it('method none knows everybody as admin, whatever he sends', async () => {
  const everybody = { userId: 'anonymous', role: 'admin', method: 'none' }
  expect(await who({ AUTH_METHOD: 'none' })).toEqual(everybody)
  expect(await who({ AUTH_METHOD: 'none' }, 'Bearer wrong')).toEqual(everybody)
})

describe('several methods', () => {
  const rules = { AUTH_ADDRESS_RULES: '10.0.0.0/8=house', AUTH_TOKENS }

  it.each([
    ['token,address', 'Bearer key-of-ann', { userId: 'ann', method: 'token' }],
    ['address,token', 'Bearer key-of-ann', { userId: 'house', method: 'address' }],
    ['token,address', 'Bearer wrong', { userId: 'house', method: 'address' }],
    ['token,address', undefined, { userId: 'house', method: 'address' }],
  ])('%s are asked in their order: %j', async (AUTH_METHOD, authorization, identity) =>
    expect(await who({ AUTH_METHOD, ...rules }, authorization)).toMatchObject(identity),
  )

  it('one that cannot answer is told, does not keep the next from knowing the caller, and nobody is refused for its sake', async () => {
    const faults: string[] = []
    const { authenticate } = anyAuthenticator(
      { AUTH_METHOD: 'token,address', ...rules },
      {
        findToken: () => Promise.reject(new Error('the database is away')),
        onFault: (method, error) => faults.push(`${method}: ${(error as Error).message}`),
      },
    )
    const by = (address: string) => authenticate(askedFrom(address, { authorization: 'Bearer qt_any' }))
    expect(await by('10.1.1.1')).toMatchObject({ userId: 'house' })
    await expect(by('11.1.1.1')).rejects.toMatchObject({ code: 'unavailable', message: 'who calls cannot be found out now' })
    expect(faults).toEqual(['token: the database is away', 'token: the database is away'])
  })

  it('says what a caller may prove himself with', () => {
    expect(anyAuthenticator({ AUTH_METHOD: 'token,address', ...rules }).needs).toBe(
      'a valid key (Authorization: Bearer <key>), or a call from a known address',
    )
  })
})
