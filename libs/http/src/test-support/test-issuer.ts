import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import jwt from 'jsonwebtoken'

interface Pair {
  kid: string
  algorithm: 'RS256' | 'ES256'
  publicKey: KeyObject
  privateKey: KeyObject
}

export interface TestIssuer {
  url: string
  /** How often its keys were asked for. */
  asked(): number
  /** From now on it signs with a new key; the old ones are published as long as `keep` says. */
  rotate(keep: boolean): void
  isAway: boolean
  /** A good token, but for what is given. */
  token(claims?: Record<string, unknown>, options?: jwt.SignOptions): string
  publicPem(): string
}

export const AUDIENCE = 'torrentino'

/** The loopback end of an OpenID Connect provider: discovery, keys, and the tokens it would hand out. */
export async function startIssuer(algorithm: Pair['algorithm'] = 'RS256'): Promise<TestIssuer & { close(): Promise<void> }> {
  const pairs: Pair[] = [makePair(algorithm, 1)]
  let asked = 0
  const current = () => pairs.at(-1) as Pair
  const server = createServer((request, response) => {
    if (issuer.isAway) return void response.destroy()
    const discovery = { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` }
    if (request.url === '/keys') asked += 1
    const keys = pairs.map(({ kid, publicKey, algorithm: alg }) => ({ ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' }))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(request.url === '/keys' ? { keys: [{ kty: 'oct', k: 'AAAA' }, 'rubbish', ...keys] } : discovery))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const issuer: TestIssuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    isAway: false,
    asked: () => asked,
    rotate(keep) {
      if (!keep) pairs.splice(0)
      pairs.push(makePair(algorithm, asked + pairs.length + 2))
    },
    token(claims = {}, options = {}) {
      const { kid, privateKey } = current()
      // What is given as undefined is not in it.
      const good = JSON.parse(JSON.stringify({ sub: 'ann', iss: issuer.url, aud: AUDIENCE, ...claims }))
      return jwt.sign(good, privateKey, { algorithm, keyid: kid, ...('exp' in claims ? {} : { expiresIn: 60 }), ...options })
    },
    publicPem: () => current().publicKey.export({ type: 'spki', format: 'pem' }) as string,
  }
  return Object.assign(issuer, {
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  })
}

function makePair(algorithm: Pair['algorithm'], number: number): Pair {
  const pair =
    algorithm === 'RS256' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { kid: `key-${number}`, algorithm, ...pair }
}
