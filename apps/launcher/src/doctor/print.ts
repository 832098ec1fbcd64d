import type { Writable } from 'node:stream'
import type { Finding, Status } from './finding.js'

const SIGNS: Record<Status, string> = { ok: 'ok      ', skipped: 'skipped ', warning: 'WARNING ', failed: 'FAILED  ' }

export function printFindings(findings: readonly Finding[], asJson: boolean, out: Writable): void {
  if (asJson) out.write(`${JSON.stringify({ ok: isWell(findings), findings })}\n`)
  else for (const finding of findings) out.write(linesOf(finding))
}

export function isWell(findings: readonly Finding[]): boolean {
  return findings.every(({ status }) => status !== 'failed')
}

function linesOf({ subject, status, message, advice }: Finding): string {
  return `${SIGNS[status]}${subject}: ${message}\n${advice ? `        -> ${advice}\n` : ''}`
}
