import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type RedisNode, sayLacking, startRedisNode, waitFor } from '@torrentino/testkit'
import { inspectRedis } from './inspect-redis.js'
import { DONE, searchJob, useBus } from './test-support/test-bus.js'

const hasOpenssl = sayLacking(spawnSync('openssl', ['version']).status === 0, 'the tests of Redis with TLS, because they take openssl')
const withOpenssl = hasOpenssl ? describe : describe.skip

const buses = useBus()
let folder: string
let server: RedisNode | undefined
const pem = (name: string) => readFileSync(join(folder, name), 'utf8')
const ours = () => ({ ca: pem('ca.pem'), cert: pem('client.pem'), key: pem('client.key') })
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

function makeAuthority(name: string): void {
  openssl('req', '-x509', ...CURVE, '-keyout', `${name}.key`, '-out', `${name}.pem`, '-subj', `/CN=${name}`, '-days', '2')
}

function makeCertificate(name: string, extensions: string): void {
  openssl('req', ...CURVE, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`)
  writeFileSync(join(folder, `${name}.ext`), extensions)
  const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1']
  openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-extfile', `${name}.ext`, '-out', `${name}.pem`)
}

withOpenssl('Redis with TLS', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'redis-tls-'))
    for (const name of ['ca', 'other']) makeAuthority(name)
    makeCertificate('server', 'subjectAltName=IP:127.0.0.1')
    makeCertificate('client', 'extendedKeyUsage=clientAuth')
    const file = (name: string) => JSON.stringify(join(folder, name))
    const files = [`tls-cert-file ${file('server.pem')}`, `tls-key-file ${file('server.key')}`, `tls-ca-cert-file ${file('ca.pem')}`]
    server = await startRedisNode({
      lines: (port) => ['port 0', `tls-port ${port}`, ...files, 'tls-auth-clients yes', 'requirepass word'],
      login: { tls: ours(), password: 'word' },
    })
  })
  afterAll(async () => {
    await server?.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  const url = () => `rediss://:word@127.0.0.1:${server?.port}/0`

  test('jobs go through where the authority is known and our certificate is shown', async () => {
    const bus = await buses.open(url(), 'safe', { tls: ours() })
    const { runs } = buses.work(bus, { auto: () => DONE })
    await bus.jobs.add([searchJob()])
    await waitFor('the run', () => runs.length === 1)
  })

  test.each([
    ['an authority that nobody named', () => ({}), /certificate/],
    ['another authority', () => ({ ...ours(), ca: pem('other.pem') }), /certificate/],
    ['no certificate of ours', () => ({ ca: pem('ca.pem') }), /./],
  ])('%s ends the look', async (_what, tls, reason) => {
    await expect(inspectRedis({ url: url(), prefix: 'any', tls: tls() }, 3000)).rejects.toThrow(reason)
  })

  test('without TLS nobody gets in', async () => {
    await expect(inspectRedis({ url: url().replace('rediss', 'redis'), prefix: 'any' }, 3000)).rejects.toThrow()
  })
})
