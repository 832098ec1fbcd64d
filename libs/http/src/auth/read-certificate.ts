import { X509Certificate } from 'node:crypto'

const MAX_TEXT = 16_384

/** A certificate as proxies hand it on: PEM with its line ends percent-encoded, or the base64 of its bytes. */
export function readCertificate(value: string | string[] | undefined): X509Certificate | undefined {
  if (typeof value !== 'string' || value === '' || value.length > MAX_TEXT) return undefined
  try {
    const text = value.includes('%') ? decodeURIComponent(value) : value
    return new X509Certificate(text.includes('-----BEGIN') ? pemOf(text) : Buffer.from(text, 'base64'))
  } catch {
    return undefined
  }
}

/** Some proxies put blanks where line ends were. */
function pemOf(text: string): string {
  const body = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/.exec(text)?.[1] ?? ''
  return `-----BEGIN CERTIFICATE-----\n${body.replaceAll(/\s/g, '').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
}
