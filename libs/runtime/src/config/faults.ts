import type { z } from 'zod'
import type { Findings } from './findings.js'
import { nearest } from './nearest.js'
import { infoOf } from './setting.js'
import { SECTION_NAMES, SETTINGS, type SettingEntry } from './settings.js'
import { getAt, type Tree } from './tree.js'

type Issue = z.core.$ZodIssue

const PATHS = SETTINGS.map((entry) => entry.path.join('.'))
const SHOWN = 60

/** Turns what the schema found into sentences that name the setting and what it may be; one per place. */
export function reportIssues(issues: readonly Issue[], tree: Tree, findings: Findings): void {
  const told = new Set<string>()
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) findings.fault(unknownKey(issue.path, key))
      continue
    }
    const place = pathText(issue.path)
    if (told.has(place)) continue
    told.add(place)
    findings.fault(sentence(issue, tree, place))
  }
}

function sentence(issue: Issue, tree: Tree, place: string): string {
  const entry = SETTINGS.find(({ path }) => path.every((key, index) => issue.path[index] === key))
  if (entry === undefined) return `${place} must be a table ([${place}])`
  const name = `${entry.env} (${place})`
  if (issue.code === 'custom' && issue.params?.sentence === true) return `${name} ${issue.message}`
  const allowed = allowedAt(entry, issue.path)
  const value = getAt(tree, issue.path)
  if (value === undefined) return `${name} is required: ${allowed}`
  return `${name} must be ${allowed}${entry.sensitive ? '' : `, not ${shown(value)}`}`
}

function allowedAt(entry: SettingEntry, path: readonly PropertyKey[]): string {
  const key = path.slice(entry.path.length).find((part) => typeof part === 'string')
  const part = key === undefined ? undefined : entry.parts?.[key]
  return (part && infoOf(part)?.allowed) ?? entry.allowed
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text
}

function unknownKey(path: readonly PropertyKey[], key: string): string {
  const place = pathText([...path, key])
  const known = path.length === 0 ? SECTION_NAMES : PATHS.filter((name) => name.startsWith(`${String(path[0])}.`))
  const close = nearest(place, known)
  return `${place} is not a setting${close === undefined ? '' : `; did you mean ${close.name}?`}`
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    const shownKey = String(key).slice(0, SHOWN)
    return text === '' ? shownKey : `${text}.${shownKey}`
  }, '')
}
