import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { loadConfig } from './load.js'
import { publicConfig } from './public.js'
import { SETTINGS } from './settings.js'

interface Line {
  name: string
  value: string
  active: boolean
  about: string
}

const file = readFileSync(new URL('../../../../.env.example', import.meta.url), 'utf8')
const lines = file.split('\n').flatMap((text, index, all): Line[] => {
  const [, hash, name, value] = /^(#?)([A-Z][A-Z0-9_]*)=(.*)$/.exec(text) ?? []
  if (name === undefined) return []
  return [{ name, value: value ?? '', active: hash === '', about: (all[index - 1] ?? '').replace(/^# /, '') }]
})
const ofSettings = lines.filter((line) => line.name !== 'CONFIG_FILE')
const REQUIRED = { AUTH_METHOD: 'none', DATABASE_URL: 'postgres://localhost/x', REDIS_URL: 'redis://localhost', MEDIA_ROOTS: '/media' }

describe('.env.example', () => {
  test('has a line for CONFIG_FILE and for each setting, in order, and no other', () => {
    expect(lines.map((line) => line.name)).toEqual(['CONFIG_FILE', ...SETTINGS.map((entry) => entry.env)])
  })

  test.each(SETTINGS.map((entry) => [entry.env, entry] as const))('tells meaning and default of %s', (name, entry) => {
    const line = lines.find((candidate) => candidate.name === name)
    expect(line).toEqual({ name, value: entry.fallback ?? '', active: entry.fallback === undefined, about: entry.about })
  })

  test('shows as defaults what really holds when nothing is set', () => {
    const shown = Object.fromEntries(ofSettings.map((line) => [line.name, line.value]))
    expect(publicConfig(loadConfig({ ...shown, ...REQUIRED }))).toEqual(publicConfig(loadConfig(REQUIRED)))
  })

  test('leaves uncommented exactly what a process refuses to start without', () => {
    expect(ofSettings.filter((line) => line.active).map((line) => line.name)).toEqual([
      'AUTH_METHOD',
      'DATABASE_URL',
      'REDIS_URL',
      'MEDIA_ROOTS',
    ])
    for (const name of Object.keys(REQUIRED)) {
      expect(() => loadConfig({ ...REQUIRED, [name]: '' })).toThrow(`${name} (`)
    }
  })
})
