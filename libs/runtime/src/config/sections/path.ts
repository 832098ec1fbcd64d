import { resolve } from 'node:path'
import { describe, plainText, type Setting } from '../setting.js'

/** A folder; a relative one counts from the working directory. */
export function folder({ about, fallback }: { about: string; fallback: string }): Setting<string> {
  const schema = plainText.min(1).transform((path) => resolve(path))
  return describe(schema.prefault(fallback) as unknown as Setting<string>, { about, allowed: 'the path of a folder', fallback })
}

/** An optional file; empty stays empty. */
export function optionalFile({ about }: { about: string }): Setting<string> {
  const schema = plainText.transform((path) => (path === '' ? '' : resolve(path)))
  return describe(schema.prefault('') as unknown as Setting<string>, { about, allowed: 'the path of a file', fallback: '' })
}

/** A program: empty and bare names are looked up on PATH, all else is a file. */
export function program({ about }: { about: string }): Setting<string> {
  const schema = plainText.transform((path) => (path.includes('/') ? resolve(path) : path))
  return describe(schema.prefault('') as unknown as Setting<string>, { about, allowed: 'the path of a program', fallback: '' })
}
