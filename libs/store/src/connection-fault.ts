import { types } from 'node:util'

const CODES = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|57P0|08|53|P1001|P1008|P1017|P2024|P2037)/
const WORDS =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Can't reach database/i

/** The database is away or too busy. Whether what was asked of it was done nobody knows. */
export function isDatabaseAway(error: unknown): boolean {
  if (!types.isNativeError(error)) return false
  const { code } = error as { code?: unknown }
  return (typeof code === 'string' && CODES.test(code)) || WORDS.test(error.message)
}
