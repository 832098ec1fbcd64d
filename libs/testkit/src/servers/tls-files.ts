import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sayLacking } from '../say-lacking.js'
import { temporaryFolder } from './test-run.js'

/** An authority, and what it has certified: servers on 127.0.0.1, and a client. */
export interface TlsFiles {
  /** PEM texts of the client. */
  client: { ca: string; cert: string; key: string }
  /** What the configuration of a Redis says to be such a server, which wants to see the client's certificate. */
  redisLines: readonly string[]
  drop(): Promise<void>
}

const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
let found: boolean | undefined

export function hasOpenssl(): boolean {
  found ??= spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0
  return sayLacking(found, 'tests of Redis with TLS, because they take openssl')
}

export async function makeTlsFiles(): Promise<TlsFiles> {
  const folder = await temporaryFolder('tls')
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const path = (name: string) => join(folder, name)
  const pem = (name: string) => readFileSync(path(name), 'utf8')

  function certify(name: string, extensions: string): void {
    openssl('req', ...CURVE, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`)
    writeFileSync(path(`${name}.ext`), extensions)
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1']
    openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-extfile', `${name}.ext`, '-out', `${name}.pem`)
  }

  openssl('req', '-x509', ...CURVE, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=ca', '-days', '2')
  certify('server', 'subjectAltName=IP:127.0.0.1')
  certify('client', 'extendedKeyUsage=clientAuth')
  const quoted = (name: string) => JSON.stringify(path(name))
  return {
    client: { ca: pem('ca.pem'), cert: pem('client.pem'), key: pem('client.key') },
    redisLines: [
      `tls-cert-file ${quoted('server.pem')}`,
      `tls-key-file ${quoted('server.key')}`,
      `tls-ca-cert-file ${quoted('ca.pem')}`,
      'tls-auth-clients yes',
    ],
    drop: () => rm(folder, { recursive: true, force: true }),
  }
}
