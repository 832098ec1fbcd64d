import { describe, expect, test } from '@jest/globals'
import { isSecretName, redactText, redactValue, registerSecret } from './redact.js'

const HASH = 'c12fe1c06bba254a9dc9f519b335aa7c1367a88a'

describe('redactText', () => {
  test.each([
    ['http://j:9117/api?apikey=abc123&t=search', 'http://j:9117/api?apikey=***&t=search'],
    ['http://j:9117/dl/x/?jackett_apikey=abc123&path=Q2', 'http://j:9117/dl/x/?jackett_apikey=***&path=Q2'],
    ['GET /api?t=caps&api_key=abc123', 'GET /api?t=caps&api_key=***'],
    ['http://t/announce.php?passkey=abc%2B123', 'http://t/announce.php?passkey=***'],
    ['http%3A%2F%2Ft%2Fann%3Fpasskey%3Dabc123%26x%3D1', 'http%3A%2F%2Ft%2Fann%3Fpasskey%3D***%26x%3D1'],
    ['http://tracker/0123456789abcdef0123456789abcdef/announce', 'http://tracker/***/announce'],
    ['http://tracker/announce/0123456789abcdef0123456789abcdef', 'http://tracker/announce/***'],
    [`magnet:?xt=urn:btih:${HASH}&dn=Album&tr=http%3A%2F%2Ft%2F${HASH}%2Fannounce`, `magnet:?xt=urn:btih:${HASH}`],
    [`add magnet:?dn=x&tr=http://t/k3y&xt=urn:btih:${HASH} now`, `add magnet:?xt=urn:btih:${HASH} now`],
    ['magnet:?tr=http://t/k3y', 'magnet:?***'],
    ['connect postgres://app:hunter2@db:5432/x failed', 'connect postgres://app:***@db:5432/x failed'],
    ['redis://:hunter2@cache', 'redis://:***@cache'],
    ['Authorization: Bearer eyJhbGciOi.J9-_x', 'Authorization: Bearer ***'],
    ['nothing=to&hide here, http://host/path?t=search', 'nothing=to&hide here, http://host/path?t=search'],
  ])('%s', (text, expected) => expect(redactText(text)).toBe(expected))

  test('masks registered values as they are, in a URL and in JSON', () => {
    registerSecret('pl"an+ted/1')
    registerSecret('short')
    expect(redactText('a pl"an+ted/1 b pl%22an%2Bted%2F1 c pl\\"an+ted/1 d short')).toBe('a *** b *** c *** d short')
  })
})

describe('isSecretName', () => {
  test.each([
    'key',
    'api_key',
    'apiKey',
    'X-Api-Key',
    'authToken',
    'tokens',
    'client_secret',
    'dbPassword',
    'Authorization',
    'JACKETT_APIKEY',
    'set-cookie',
  ])('%s is', (name) => expect(isSecretName(name)).toBe(true))
  test.each(['keyframe', 'monkey', 'stage', 'ticket_id', 'author', 'attempt', 'info_hash'])('%s is not', (name) =>
    expect(isSecretName(name)).toBe(false),
  )
})

describe('redactValue', () => {
  test('masks by name, keeps counts and yes or no', () => {
    expect(redactValue({ token: 'x', prompt_tokens: 12, token_count: { a: 1 }, has_key: true, password: 5, secret: null })).toEqual({
      token: '***',
      prompt_tokens: 12,
      token_count: '***',
      has_key: true,
      password: '***',
      secret: null,
    })
  })

  test('keeps causes and own fields of errors', () => {
    const error = Object.assign(new Error('outer', { cause: new AggregateError([new TypeError('inner')], 'many') }), {
      code: 'E1',
      config: { big: 1 },
    })
    expect(redactValue(error)).toMatchObject({
      name: 'Error',
      message: 'outer',
      code: 'E1',
      cause: { name: 'AggregateError', message: 'many', errors: [{ name: 'TypeError', message: 'inner' }] },
    })
    expect(redactValue(error)).not.toHaveProperty('config')
  })

  test('makes everything plain and bounded', () => {
    const circle: Record<string, unknown> = {
      n: 1n,
      f: () => 1,
      nan: Number.NaN,
      when: new Date(0),
      map: new Map([['token', 1]]),
      bytes: Buffer.from('abc'),
    }
    circle.self = circle
    Object.defineProperty(circle, 'thrower', {
      enumerable: true,
      value: {
        toJSON() {
          throw new Error('no')
        },
      },
    })
    expect(redactValue(circle)).toEqual({
      n: '1',
      f: '[function]',
      nan: 'NaN',
      when: '1970-01-01T00:00:00.000Z',
      map: { token: '***' },
      bytes: '[3 bytes]',
      self: '[circular]',
      thrower: '[unreadable]',
    })
    expect(redactValue(Array.from({ length: 1000 }, () => 1))).toHaveLength(200)
    let deep: unknown = 'end'
    for (let i = 0; i < 100; i++) deep = { deep }
    expect(JSON.stringify(redactValue(deep))).toContain('[deep]')
  })
})
