import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Config } from '@torrentino/runtime'
import type passport from 'passport'
import { type Identity, identityOf } from './identity.js'
import { createRevoked, type Revoked } from './revoked.js'
import { strategyOf } from './strategy.js'

type CertConfig = Config['auth']['cert']

const FOR_CLIENTS = '1.3.6.1.5.5.7.3.2'
const KINDS = { email: 'email', dns: 'DNS', uri: 'URI' } as const

/** A certificate of one of our authorities, within its time, made for callers, and not revoked. */
export function certStrategy(config: CertConfig, now: () => Date): passport.Strategy {
  const authorities = readAuthorities(config.ca_cert)
  const revoked = createRevoked(config.revoked_file)
  const admins = new Set(config.admins)
  return strategyOf(({ certificate }): Identity | null => {
    if (certificate === undefined || !isGood(certificate, authorities, revoked, now())) return null
    const userId = userOf(certificate, config.user_id_from)
    return identityOf(userId, userId !== undefined && admins.has(userId) ? 'admin' : 'user', 'cert')
  })
}

/** All certificates of the file. */
function readAuthorities(file: string): X509Certificate[] {
  try {
    const found = readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []
    if (found.length === 0) throw new Error('there is no certificate in it')
    return found.map((pem) => new X509Certificate(pem))
  } catch (error) {
    throw new Error(`AUTH_CERT_CA_CERT ${file} cannot be used: ${(error as Error).message}`, { cause: error })
  }
}

function isGood(certificate: X509Certificate, authorities: readonly X509Certificate[], revoked: Revoked, now: Date): boolean {
  if (certificate.ca || now < new Date(certificate.validFrom) || now > new Date(certificate.validTo)) return false
  if (certificate.keyUsage !== undefined && !certificate.keyUsage.includes(FOR_CLIENTS)) return false
  if (revoked.has(certificate)) return false
  return authorities.some((authority) => authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey))
}

function userOf(certificate: X509Certificate, from: CertConfig['user_id_from']): string | undefined {
  if (from === 'cn') return commonName(certificate)
  // What holds a comma or a quote stands in quotes there, and could look like another name: it is nobody's.
  const names = (certificate.subjectAltName ?? '').includes('"') ? [] : (certificate.subjectAltName ?? '').split(', ')
  const start = `${KINDS[from]}:`
  return names.find((name) => name.startsWith(start))?.slice(start.length)
}

/** One line a part, `CN=ann`; who has two names has none. */
function commonName({ subject }: X509Certificate): string | undefined {
  const names = (subject ?? '').split('\n').filter((line) => line.startsWith('CN='))
  return names.length === 1 ? names[0]?.slice('CN='.length) : undefined
}
