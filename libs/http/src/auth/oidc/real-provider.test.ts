import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals'
import { createHttpClient } from '@torrentino/runtime'
import { anyAuthenticator } from '../../test-support/any-authenticator.js'
import { askedFrom } from '../../test-support/asked-from.js'

const RESOURCE = 'urn:torrentino'
const CLIENT = { client_id: 'machine', client_secret: 'of-the-machine' }

const http = createHttpClient()
let server: Server
let issuer: string

beforeAll(async () => {
  server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // It says at length that it is set up for a test.
  for (const tone of ['warn', 'info'] as const) jest.spyOn(console, tone).mockImplementation(() => {})
  const { Provider } = await import('oidc-provider')
  const provider = new Provider(issuer, {
    clients: [{ ...CLIENT, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({ scope: 'admin read', audience: RESOURCE, accessTokenFormat: 'jwt', accessTokenTTL: 60 }),
      },
    },
  })
  server.on('request', provider.callback())
})
afterAll(async () => {
  http.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

async function accessToken(scope: string): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', scope, resource: RESOURCE })
  const authorization = `Basic ${Buffer.from(`${CLIENT.client_id}:${CLIENT.client_secret}`).toString('base64')}`
  const answer = await http.postForm(`${issuer}/token`, form, { headers: { authorization } })
  return (JSON.parse(answer.body.toString()) as { access_token: string }).access_token
}

it.each([
  ['read', RESOURCE, { userId: 'machine', role: 'user', method: 'oidc' }],
  ['read admin', RESOURCE, { userId: 'machine', role: 'admin', method: 'oidc' }],
  ['read', 'urn:other', null],
])('a token of a real provider with the scope %j, for %s', async (scope, AUTH_OIDC_AUDIENCE, identity) => {
  const env = {
    AUTH_METHOD: 'oidc',
    AUTH_OIDC_ISSUER: issuer,
    AUTH_OIDC_AUDIENCE,
    AUTH_OIDC_ROLE_CLAIM: 'scope',
    AUTH_OIDC_USER_ID_CLAIM: 'client_id',
  }
  const request = askedFrom('192.0.2.1', { authorization: `Bearer ${await accessToken(scope)}` })
  expect(await anyAuthenticator(env, { http }).authenticate(request)).toEqual(identity)
})
