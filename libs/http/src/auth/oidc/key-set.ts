import { createPublicKey, type KeyObject } from 'node:crypto'
import type { HttpClient } from '@torrentino/runtime'
import { z } from 'zod'

export interface KeySet {
  /** The issuer's key of that name; without a name, its only one. Rejects when the issuer cannot be asked. */
  find(kid: string | undefined, algorithm: string): Promise<KeyObject | undefined>
}

export interface KeySetOptions {
  issuer: string
  /** Empty: as the discovery document says. */
  jwksUrl: string
  http: Pick<HttpClient, 'get'>
  now(): Date
}

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) })
const Jwk = z.looseObject({
  kty: z.enum(['RSA', 'EC']),
  kid: z.string().optional(),
  use: z.string().optional(),
  alg: z.string().optional(),
})
const Jwks = z.object({ keys: z.array(z.unknown()).max(100) })

interface Key {
  kid?: string
  alg?: string
  key: KeyObject
}

const FRESH_MS = 600_000
/** While the issuer is away, what it said last still counts so long. */
const STALE_MS = 3_600_000
/** A key of an unknown name may be a new one: it is asked for, but rubbish does not make us ask all the time. */
const AGAIN_MS = 10_000
const REQUEST = { timeoutMs: 5000, maxBytes: 262_144, provider: 'oidc' }

export function createKeySet(options: KeySetOptions): KeySet {
  let keys: Key[] = []
  let askedAt = Number.NEGATIVE_INFINITY
  let knownAt = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined

  async function ask(): Promise<void> {
    askedAt = options.now().getTime()
    keys = await readKeys(options)
    knownAt = askedAt
  }
  function askOnce(): Promise<void> {
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return asking
  }

  async function refresh(isKnown: boolean): Promise<void> {
    const now = options.now().getTime()
    const age = now - knownAt
    if (age < FRESH_MS && (isKnown || now - askedAt < AGAIN_MS)) return
    // Whoever is answered from what is known does not wait for an issuer that is away.
    if (age < STALE_MS && now - askedAt < AGAIN_MS && asking === undefined) return
    try {
      await askOnce()
    } catch (error) {
      if (age >= STALE_MS) throw error
    }
  }

  return {
    async find(kid, algorithm) {
      await refresh(fitting(keys, kid, algorithm) !== undefined)
      return fitting(keys, kid, algorithm)
    },
  }
}

function fitting(keys: readonly Key[], kid: string | undefined, algorithm: string): KeyObject | undefined {
  const type = algorithm.startsWith('ES') ? 'ec' : 'rsa'
  const able = keys.filter(({ key, alg }) => key.asymmetricKeyType === type && (alg === undefined || alg === algorithm))
  if (kid !== undefined) return able.find((key) => key.kid === kid)?.key
  return able.length === 1 ? able[0]?.key : undefined
}

async function readKeys({ issuer, jwksUrl, http }: KeySetOptions): Promise<Key[]> {
  const url = jwksUrl === '' ? await discover(issuer, http) : jwksUrl
  const { keys } = Jwks.parse(await getJson(http, url))
  return keys.flatMap(readKey)
}

/** The document must be of the issuer that was asked for, or another one's keys would count as its. */
async function discover(issuer: string, http: Pick<HttpClient, 'get'>): Promise<string> {
  const found = Discovery.parse(await getJson(http, `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`))
  if (found.issuer !== issuer) throw new Error(`the discovery document is of the issuer ${found.issuer}, not of ${issuer}`)
  return found.jwks_uri
}

async function getJson(http: Pick<HttpClient, 'get'>, url: string): Promise<unknown> {
  const { status, body } = await http.get(url, REQUEST)
  if (status !== 200) throw new Error(`${new URL(url).host} answered with status ${status}`)
  return JSON.parse(body.toString('utf8'))
}

const LEAST_RSA_BITS = 2048

/** Keys of other kinds, weak ones and broken ones are passed over. */
function readKey(value: unknown): Key[] {
  const jwk = Jwk.safeParse(value)
  if (!jwk.success || (jwk.data.use !== undefined && jwk.data.use !== 'sig')) return []
  try {
    const key = createPublicKey({ key: jwk.data, format: 'jwk' })
    if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_RSA_BITS) return []
    return [{ kid: jwk.data.kid, alg: jwk.data.alg, key }]
  } catch {
    return []
  }
}
