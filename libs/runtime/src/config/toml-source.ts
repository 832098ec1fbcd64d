import { readFileSync, statSync } from 'node:fs'
import { parse, TomlError } from 'smol-toml'
import type { Findings } from './findings.js'
import type { Tree } from './tree.js'

const MAX_BYTES = 1024 * 1024

/** The tables of the TOML file; what cannot be read is a fault and counts as empty. */
export function readToml(path: string, findings: Findings): Tree {
  try {
    if (statSync(path).size > MAX_BYTES) throw new Error('it is larger than 1 MiB')
    return parse(readFileSync(path, 'utf8')) as Tree
  } catch (error) {
    findings.fault(`CONFIG_FILE ${path} cannot be read: ${reasonOf(error)}`)
    return {}
  }
}

/** The parser's message quotes the lines around the fault, where a key may stand: only its first line is shown. */
function reasonOf(error: unknown): string {
  if (error instanceof TomlError) return `line ${error.line}, column ${error.column}: ${error.message.split('\n')[0]}`
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a folder'
  return code ?? (error as Error).message
}
