import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { SETTINGS } from '@torrentino/runtime'
import { parse } from 'yaml'
import { ROOT, readText, sourceOf } from './files.js'

interface Service {
  image: string
  build?: { dockerfile: string; target: string }
  command?: string[]
  user?: string
  read_only?: boolean
  environment?: Record<string, string>
  volumes?: string[]
  ports?: string[]
  profiles?: string[]
  depends_on?: Record<string, { condition: string }>
  stop_grace_period?: string
}

const text = readText('docker-compose.yml')
const compose = parse(text, { merge: true }) as { services: Record<string, Service>; volumes: Record<string, unknown> }
const dockerfile = readText('infra', 'Dockerfile')
const services = Object.entries(compose.services)
const ours = services.filter(([, { image }]) => image.startsWith('torrentino/'))
const processes = ours.filter(([name]) => name !== 'migrate')
const settings = new Map(SETTINGS.map((entry) => [entry.env, entry.fallback]))
const mainsOf = (service: Service) => service.command?.filter((word) => word.endsWith('.js')) ?? []
const secsOf = (name: string) => Number(settings.get(name))

/** With the value that holds where nothing is set. */
const resolved = (value: string) => value.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')

describe('docker-compose.yml', () => {
  test('has a service for each app that runs by itself, and no other of ours', () => {
    const apps = readdirSync(join(ROOT, 'apps')).filter(
      (app) => existsSync(join(ROOT, 'apps', app, 'src', 'main.ts')) && app !== 'launcher',
    )
    expect(processes.map(([name]) => name).sort()).toEqual(apps.sort())
    for (const [name, service] of processes) expect(mainsOf(service)).toEqual([`dist/${name}.js`])
  })

  test('starts what there are sources for', () => {
    for (const [, service] of ours) for (const main of mainsOf(service)) expect(existsSync(join(ROOT, sourceOf(main)))).toBe(true)
  })

  test.each(ours)('%s is built by a target of the Dockerfile that has its name', (_, { image, build }) => {
    expect(existsSync(join(ROOT, build?.dockerfile ?? ''))).toBe(true)
    expect(dockerfile).toContain(` AS ${build?.target}\n`)
    expect(resolved(image)).toBe(`torrentino/${build?.target}:latest`)
  })

  test.each(ours)('%s is told only settings that there are', (_, { environment = {} }) => {
    expect(Object.keys(environment).filter((name) => !settings.has(name))).toEqual([])
  })

  test.each(ours)('%s runs without rights of root, on files that nobody can change, and shares one mount', (_, service) => {
    expect(resolved(service.user ?? 'root')).toMatch(/^[1-9]\d*:[1-9]\d*$/)
    expect(service.read_only).toBe(true)
    expect(service.volumes?.map(resolved)).toEqual(['data:/data'])
    for (const folder of ['TORRENT_DOWNLOAD_PATH', 'CONVERTER_TEMP_DIR', 'MEDIA_ROOTS'])
      expect(resolved(service.environment?.[folder] ?? '')).toMatch(/^\/data\//)
  })

  test.each(processes)('%s waits for servers and migrations, and has longer to stop than it may take', (_, service) => {
    expect(Object.entries(service.depends_on ?? {}).map(([name, { condition }]) => `${name} ${condition}`)).toEqual([
      'postgres service_healthy',
      'redis service_healthy',
      'migrate service_completed_successfully',
    ])
    const grace = Number(/^(\d+)s$/.exec(service.stop_grace_period ?? '')?.[1])
    expect(grace).toBeGreaterThan(secsOf('PROCESSING_SHUTDOWN_TIMEOUT_SECS'))
    expect(secsOf('PROCESSING_SHUTDOWN_TIMEOUT_SECS')).toBeGreaterThan(secsOf('PROCESSING_LOCK_SECS'))
  })

  test('only one copy of a process is bound to a port of the host', () => {
    expect(processes.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual(['gateway', 'download-worker'])
  })

  test('names only variables that it explains or that are settings', () => {
    const used = new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? ''))
    const explained = (name: string) => text.includes(`#   ${name}=`) || settings.has(name) || name === 'NPM_CONFIG_REGISTRY'
    expect([...used].filter((name) => !explained(name))).toEqual([])
  })

  test('has no default within a default, which docker-compose 1.29 cannot read', () => {
    expect(text).not.toMatch(/\$\{[^}]*\$\{/)
  })

  test('mounts files that are there and volumes that it names', () => {
    for (const [name, { volumes = [] }] of services)
      for (const source of volumes.map((volume) => resolved(volume).split(':')[0] ?? ''))
        expect({ name, source, found: source.startsWith('./') ? existsSync(join(ROOT, source)) : source in compose.volumes }).toEqual({
          name,
          source,
          found: true,
        })
  })

  test('keeps what is in Redis, and drops nothing of it', () => {
    expect(compose.services.redis?.command).toEqual(['redis-server', '--appendonly', 'yes', '--maxmemory-policy', 'noeviction'])
  })

  test('other servers come by profiles', () => {
    const byProfile = services.filter(([, { profiles }]) => profiles !== undefined).map(([name, { profiles }]) => `${profiles}: ${name}`)
    expect(byProfile).toEqual(['qbittorrent: qbittorrent', 'jackett: jackett', 'monitoring: prometheus', 'monitoring: grafana'])
  })
})

describe('the Dockerfile', () => {
  test('sets only settings that there are', () => {
    const block = /^ENV ((?:.*\\\n)*.*)/m.exec(dockerfile)?.[1] ?? ''
    const names = [...block.matchAll(/([A-Z_]+)=/g)].map(([, name]) => name ?? '')
    expect(names.length).toBeGreaterThan(4)
    expect(names.filter((name) => name !== 'NODE_ENV' && !settings.has(name))).toEqual([])
  })

  test('ends each image as a user without rights, and names no machine and no host', () => {
    const stages = dockerfile.split(/^FROM /m).slice(1)
    const last = stages.filter((stage) => /^base AS (app|download|media)\n/.test(stage))
    expect(last).toHaveLength(3)
    for (const stage of last) expect([...stage.matchAll(/^USER (\w+)/gm)].at(-1)?.[1]).toBe('node')
    expect(dockerfile).not.toMatch(/x86|amd64\/|arm64\/|aarch64|https?:\/\/(?!127\.0\.0\.1)/)
  })

  test('asks for health where the processes tell it', () => {
    expect(dockerfile).toMatch(/HEALTHCHECK .*\\\n.*\/dev\/tcp\/127\.0\.0\.1\/\$METRICS_PORT .*GET \/healthz/)
  })
})
