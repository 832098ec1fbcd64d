import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request as ask } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sayLacking } from '@torrentino/testkit'
import { z } from 'zod'
import { createHttpApp } from '../http-app.js'
import { createHttpServer, type HttpServer } from '../http-server.js'
import { route } from '../route.js'
import { anyAuthenticator } from '../test-support/any-authenticator.js'
import { askedFrom } from '../test-support/asked-from.js'

const hasOpenssl = sayLacking(spawnSync('openssl', ['version']).status === 0, 'the tests of client certificates, because they take openssl')
const withOpenssl = hasOpenssl ? describe : describe.skip

let folder: string
const file = (name: string) => join(folder, name)
const pem = (name: string) => readFileSync(file(`${name}.pem`), 'utf8')

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
}

const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

function makeAuthority(name: string): void {
  openssl('req', '-x509', ...CURVE, '-keyout', `${name}.key`, '-out', `${name}.pem`, '-subj', `/CN=${name}`, '-days', '2')
}

function makeCertificate(name: string, authority: string, subject: string, extensions: string, days = '1'): void {
  openssl('req', ...CURVE, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject)
  writeFileSync(file(`${name}.ext`), extensions)
  const by = ['-CA', `${authority}.pem`, '-CAkey', `${authority}.key`, '-CAcreateserial', '-days', days]
  openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-extfile', `${name}.ext`, '-out', `${name}.pem`)
}

beforeAll(() => {
  if (!hasOpenssl) return
  folder = mkdtempSync(join(tmpdir(), 'certs-'))
  makeAuthority('ours')
  makeAuthority('theirs')
  makeCertificate('server', 'ours', '/CN=server', 'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth')
  makeCertificate('ann', 'ours', '/O=house/CN=ann', 'subjectAltName=email:ann@example.com,URI:urn:user:ann\nextendedKeyUsage=clientAuth')
  makeCertificate('root', 'ours', '/CN=root', 'extendedKeyUsage=clientAuth')
  makeCertificate('twice', 'ours', '/CN=ann/CN=root', 'extendedKeyUsage=clientAuth')
  makeCertificate('stranger', 'theirs', '/CN=root', 'extendedKeyUsage=clientAuth')
  openssl('x509', '-in', 'ann.pem', '-signkey', 'ann.key', '-out', 'self.pem')
})
afterAll(() => {
  if (hasOpenssl) rmSync(folder, { recursive: true, force: true })
})

const env = (more: Record<string, string> = {}) => ({
  AUTH_METHOD: 'cert',
  AUTH_CERT_CA_CERT: file('ours.pem'),
  AUTH_CERT_ADMINS: 'root',
  SERVER_TLS_CERT: file('server.pem'),
  SERVER_TLS_KEY: file('server.key'),
  ...more,
})

const hello = route({
  name: 'me',
  method: 'GET',
  path: '/me',
  access: 'user',
  about: 'test',
  answer: z.unknown(),
  handle: ({ identity }) => ({ json: identity }),
})

async function serve(settings: Record<string, string>): Promise<HttpServer & { port: number }> {
  const nothing = () => {}
  const app = createHttpApp({
    mounts: [{ prefix: '', routes: [hello] }],
    authenticator: anyAuthenticator(settings),
    admit: async () => {},
    origins: [],
    bodyLimitKb: 1,
    isInfrastructure: () => false,
    onEnd: nothing,
    onFault: nothing,
  })
  const http = createHttpServer(app, { cert: pem('server'), key: readFileSync(file('server.key'), 'utf8'), clientCa: pem('ours') })
  return { ...http, port: await http.listen('127.0.0.1', 0) }
}

function get(port: number, certificate?: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  const own =
    certificate === undefined
      ? {}
      : { cert: pem(certificate), key: readFileSync(file(`${certificate === 'self' ? 'ann' : certificate}.key`)) }
  return new Promise((resolve, reject) => {
    const call = ask(
      { port, host: '127.0.0.1', servername: 'localhost', path: '/me', ca: pem('ours'), agent: false, headers, ...own },
      async (answer) => {
        let body = ''
        for await (const part of answer) body += part
        resolve({ status: answer.statusCode ?? 0, body })
      },
    )
    call.on('error', reject).end()
  })
}

withOpenssl('method cert, TLS ends here', () => {
  let http: HttpServer & { port: number }
  beforeAll(async () => {
    http = await serve(env())
  })
  afterAll(() => http.close())

  it.each([
    ['ann', 200, { userId: 'ann', role: 'user', method: 'cert' }],
    ['root', 200, { userId: 'root', role: 'admin', method: 'cert' }],
    ['stranger', 401, { code: 'unauthenticated' }],
    ['self', 401, { code: 'unauthenticated' }],
    ['twice', 401, { code: 'unauthenticated' }],
    ['server', 401, { code: 'unauthenticated' }],
    [undefined, 401, { code: 'unauthenticated' }],
  ])('with the certificate %s: %i', async (certificate, status, expected) => {
    const answer = await get(http.port, certificate)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toMatchObject(expected)
  })

  it('a header says nothing', async () => {
    expect(await get(http.port, undefined, { 'x-ssl-client-cert': encodeURIComponent(pem('root')) })).toMatchObject({ status: 401 })
  })
})

withOpenssl('method cert, a proxy hands the certificate on', () => {
  const behind = { AUTH_CERT_FORWARDED_HEADER: 'X-SSL-Client-Cert', AUTH_TRUSTED_PROXIES: '10.0.0.2' }
  const who = async (value: string, { from = '10.0.0.2', more = {}, now = new Date() } = {}) => {
    const { authenticate } = anyAuthenticator(env({ ...behind, ...more }), { now: () => now })
    return (await authenticate(askedFrom(from, { 'x-ssl-client-cert': value })))?.userId
  }
  const escaped = (name: string) => encodeURIComponent(pem(name))
  const base64 = (name: string) => pem(name).replaceAll(/-----[^-]+-----|\s/g, '')

  it('in the forms that proxies use', async () => {
    expect(await who(escaped('ann'))).toBe('ann')
    expect(await who(base64('ann'))).toBe('ann')
    expect(await who(pem('ann').replaceAll('\n', ' '))).toBe('ann')
  })

  it.each(['cn', 'email', 'uri', 'dns'])('the user is named by %s', async (AUTH_CERT_USER_ID_FROM) => {
    const expected = { cn: 'ann', email: 'ann@example.com', uri: 'urn:user:ann', dns: undefined }[AUTH_CERT_USER_ID_FROM]
    expect(await who(escaped('ann'), { more: { AUTH_CERT_USER_ID_FROM } })).toBe(expected)
  })

  it('nobody is let in by what another than that proxy sends', async () =>
    expect(await who(escaped('ann'), { from: '10.0.0.3' })).toBeUndefined())

  it.each(['stranger', 'self', 'twice', 'server', 'ours'])('nor by the certificate %s', async (name) =>
    expect(await who(escaped(name))).toBeUndefined(),
  )

  it('nor by one whose time is over or has not come', async () => {
    expect(await who(escaped('ann'), { now: new Date(Date.now() + 2 * 86_400_000) })).toBeUndefined()
    expect(await who(escaped('ann'), { now: new Date(Date.now() - 86_400_000) })).toBeUndefined()
  })

  it.each([
    '',
    'rubbish',
    '%',
    '%ZZ',
    'A'.repeat(100_000),
    '-----BEGIN CERTIFICATE-----',
    encodeURIComponent('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'),
  ])('nor by %.20j', async (value) => expect(await who(value)).toBeUndefined())

  it('one that is revoked counts no more from the next call on; a list that cannot be read lets nobody in', async () => {
    const revoked = file('revoked')
    writeFileSync(revoked, '# of last year\n0A:0B\n')
    const { authenticate } = anyAuthenticator(env({ ...behind, AUTH_CERT_REVOKED_FILE: revoked }))
    const asks = (name: string) => authenticate(askedFrom('10.0.0.2', { 'x-ssl-client-cert': escaped(name) }))
    expect(await asks('ann')).not.toBeNull()
    const serial = execFileSync('openssl', ['x509', '-in', file('ann.pem'), '-noout', '-serial'], { encoding: 'utf8' }).replace(
      'serial=',
      '',
    )
    const print = execFileSync('openssl', ['x509', '-in', file('root.pem'), '-noout', '-fingerprint', '-sha256'], { encoding: 'utf8' })
    writeFileSync(revoked, `${serial.trim().toLowerCase()} # lost\n${print.split('=')[1]}`)
    expect(await asks('ann')).toBeNull()
    expect(await asks('root')).toBeNull()
    rmSync(revoked)
    expect(await asks('ann')).toBeNull()
  })
})

withOpenssl('the authorities', () => {
  it('an authority that cannot be read ends the start, with the name of the setting', () => {
    writeFileSync(file('empty.pem'), '')
    expect(() => anyAuthenticator(env({ AUTH_CERT_CA_CERT: file('empty.pem') }))).toThrow(/^AUTH_CERT_CA_CERT .*empty\.pem cannot be used/)
    expect(() => anyAuthenticator(env({ AUTH_CERT_CA_CERT: file('absent.pem') }))).toThrow(/^AUTH_CERT_CA_CERT .*ENOENT/)
  })
})
