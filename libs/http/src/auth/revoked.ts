import type { X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'

export interface Revoked {
  has(certificate: X509Certificate): boolean
}

/** The list of an operator: looked at again as soon as the file has changed. One that cannot be read revokes everything. */
export function createRevoked(file: string): Revoked {
  if (file === '') return { has: () => false }
  let stamp = ''
  let entries = new Set<string>()

  function refresh(): void {
    const { mtimeMs, size, ino } = statSync(file)
    const now = `${mtimeMs}/${size}/${ino}`
    if (now === stamp) return
    entries = new Set(readFileSync(file, 'utf8').split('\n').map(plain).filter(Boolean))
    stamp = now
  }
  return {
    has({ serialNumber, fingerprint256 }) {
      try {
        refresh()
      } catch {
        return true
      }
      return entries.has(plain(serialNumber)) || entries.has(plain(fingerprint256))
    },
  }
}

/** `0A:B1`, `0ab1` and `ab1` are one number; what follows a # is a remark. */
function plain(text: string): string {
  return (text.split('#')[0] ?? '').replaceAll(/[\s:]/g, '').toLowerCase().replace(/^0+/, '')
}
