import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { createMetrics, loadConfig, SETTINGS, startStatusServer } from '@torrentino/runtime'
import { parse } from 'yaml'
import { z } from 'zod'
import { ROOT, readText, sourceOf } from '../files.js'
import { typeFaults } from '../test-support/check-types.js'
import { knownMetrics } from '../test-support/known-metrics.js'
import { kustomize } from '../test-support/kustomize.js'
import type { Fields, Manifest } from '../test-support/manifest.js'
import { selectorsOf } from '../test-support/promql.js'
import { faultsOfSelector } from '../test-support/selector-faults.js'

const APPS = readdirSync(join(ROOT, 'apps')).filter((app) => app !== 'launcher')
const known = await knownMetrics()
const sets = ['base', 'overlays/small', 'overlays/production'].map((name) => ({ name, all: kustomize(join('infra/k8s', name)) }))

const of = (all: readonly Manifest[], kind: string) => all.filter((one) => one.kind === kind)
const names = (all: readonly Manifest[]) => all.map(({ metadata }) => metadata.name).toSorted()
const workloads = (all: readonly Manifest[]) => all.filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
const main = ({ spec }: Manifest) => spec.template.spec.containers[0]
const isSelected = (pod: Manifest, { matchLabels = {}, matchExpressions = [] }: Fields) => {
  const labels = pod.spec.template.metadata.labels
  return (
    Object.entries(matchLabels).every(([label, value]) => labels[label] === value) &&
    matchExpressions.every(({ key, operator, values }: Fields) => operator === 'In' && values.includes(labels[key]))
  )
}
const settingsOf = (all: readonly Manifest[]) => of(all, 'ConfigMap')[0]?.data ?? {}
// What the secret has to hold at least.
const SECRETS = { AUTH_METHOD: 'none', DATABASE_URL: 'postgres://u:p@db/x', REDIS_URL: 'redis://redis' }

const ScaledObject = z.strictObject({
  apiVersion: z.literal('keda.sh/v1alpha1'),
  kind: z.literal('ScaledObject'),
  metadata: z.strictObject({ name: z.string(), namespace: z.string().optional(), labels: z.record(z.string(), z.string()) }),
  spec: z.strictObject({
    scaleTargetRef: z.strictObject({ name: z.string() }),
    minReplicaCount: z.int().min(1),
    maxReplicaCount: z.int(),
    pollingInterval: z.int(),
    cooldownPeriod: z.int(),
    fallback: z.strictObject({ failureThreshold: z.int(), replicas: z.int(), behavior: z.literal('currentReplicasIfHigher') }),
    advanced: z.strictObject({
      horizontalPodAutoscalerConfig: z.strictObject({
        behavior: z.strictObject({ scaleDown: z.strictObject({ stabilizationWindowSeconds: z.int() }) }),
      }),
    }),
    triggers: z.tuple([
      z.strictObject({
        type: z.literal('prometheus'),
        metricType: z.literal('AverageValue'),
        metadata: z.strictObject({ serverAddress: z.url(), query: z.string(), threshold: z.string() }),
      }),
    ]),
  }),
})

describe('types', () => {
  const checked = sets.flatMap(({ name, all }) =>
    all
      .filter(({ kind }) => kind !== 'ScaledObject')
      .map((manifest) => ({ what: `${name}: ${manifest.kind} ${manifest.metadata.name}`, manifest })),
  )
  const [deployment] = of(sets[0]?.all ?? [], 'Deployment') as [Manifest]
  const spoilt = (spoil: (copy: Manifest) => void) => {
    const copy = structuredClone(deployment)
    spoil(copy)
    return copy
  }
  const wrong = [
    spoilt(({ spec }) => {
      spec.replica = 2
    }),
    spoilt((copy) => {
      main(copy).livenessProbe.httpGet.pathh = '/'
    }),
    spoilt((copy) => {
      main(copy).args = 'main.js'
    }),
    spoilt(({ spec }) => {
      spec.selector = undefined
    }),
  ]

  test('each manifest is what Kubernetes takes; what it does not take would be noticed', () => {
    const faults = typeFaults([...checked.map(({ manifest }) => manifest), ...wrong])
    expect(checked.map(({ what }, index) => [what, faults[index]])).toEqual(checked.map(({ what }) => [what, []]))
    for (const found of faults.slice(checked.length)) expect(found).toHaveLength(1)
  })
})

describe.each(sets)('$name', ({ name, all }) => {
  const pods = workloads(all)
  const deployments = of(all, 'Deployment')

  test('each app has a deployment and a budget of disruptions, the migrations a job', () => {
    expect(names(deployments)).toEqual(APPS.toSorted())
    expect(names(of(all, 'PodDisruptionBudget'))).toEqual(APPS.toSorted())
    expect(names(of(all, 'Job'))).toEqual(['migrate'])
    expect(new Set(all.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).size).toBe(all.length)
  })

  test.each(pods.map((pod) => [pod.metadata.name, pod] as const))('%s runs what there is, in an image that is made', (_name, pod) => {
    const [script = ''] = main(pod).args
    expect(existsSync(join(ROOT, sourceOf(script)))).toBe(true)
    if (pod.kind === 'Deployment') expect(script).toBe(`dist/${pod.metadata.name}.js`)
    const [image, tag] = main(pod).image.split(':')
    expect(readText('infra/Dockerfile')).toContain(` AS ${image.replace('torrentino/', '')}\n`)
    expect(tag).toBe(name === 'base' ? undefined : JSON.parse(readText('package.json')).version)
  })

  test('selectors find the pods they are meant for, and each deployment only its own', () => {
    for (const { metadata, spec } of [...deployments, ...of(all, 'PodDisruptionBudget')])
      expect(names(pods.filter((pod) => isSelected(pod, spec.selector)))).toEqual([metadata.name])
    for (const { spec } of of(all, 'Service')) {
      const found = pods.filter((pod) => isSelected(pod, { matchLabels: spec.selector }))
      expect(names(found)).toEqual(['gateway'])
      for (const { targetPort } of spec.ports) expect(portsOf(found)).toContain(targetPort)
    }
    for (const { spec } of of(all, 'Ingress'))
      for (const { backend } of spec.rules[0].http.paths) {
        const service = of(all, 'Service').find(({ metadata }) => metadata.name === backend.service.name)
        expect(service?.spec.ports.map((port: Fields) => port.name)).toContain(backend.service.port.name)
      }
  })

  test('the network is shut but for named ports; place workers reach nobody outside', () => {
    const policies = of(all, 'NetworkPolicy')
    for (const { spec } of policies) {
      const found = pods.filter((pod) => isSelected(pod, spec.podSelector))
      expect(found).not.toEqual([])
      for (const { ports } of spec.ingress ?? []) for (const { port } of ports) expect(portsOf(found)).toContain(port)
    }
    const shut = policies.find(({ metadata }) => metadata.name === 'nothing')
    expect(pods.filter((pod) => !isSelected(pod, shut?.spec.podSelector))).toEqual([])
    expect(shut?.spec).toEqual({ podSelector: expect.anything(), policyTypes: ['Ingress', 'Egress'] })
    const outside = policies.find(({ metadata }) => metadata.name === 'outside')
    expect(names(pods.filter((pod) => !isSelected(pod, outside?.spec.podSelector)))).toEqual(['migrate', 'place-worker'])
  })

  test('settings are such that there are, and no secret stands among them', () => {
    const settings = settingsOf(all)
    const found = Object.keys(settings).map((name) => SETTINGS.find(({ env }) => env === name))
    expect(found.map((entry) => entry?.sensitive)).toEqual(found.map(() => false))
    const notices: string[] = []
    loadConfig({ ...settings, ...SECRETS }, { onNotice: (notice) => notices.push(notice) })
    expect(notices).toEqual([])
    for (const pod of pods)
      expect(main(pod)).toMatchObject({
        envFrom: [{ configMapRef: { name: 'torrentino-settings' } }, { secretRef: { name: 'torrentino-secrets' } }],
      })
  })

  test('whoever is told to stop has longer than he takes, and he takes longer than his jobs are locked', () => {
    const { processing, server, metrics, torrent } = loadConfig({ ...settingsOf(all), ...SECRETS })
    expect(processing.shutdown_timeout_secs).toBeGreaterThan(processing.lock_secs)
    for (const pod of deployments) {
      expect(pod.spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(processing.shutdown_timeout_secs)
      const ports = Object.fromEntries(main(pod).ports.map((port: Fields) => [port.name, port.containerPort]))
      expect(ports.metrics).toBe(metrics.port)
      if (pod.metadata.name === 'gateway') expect(ports.http).toBe(server.port)
      if (pod.metadata.name === 'download-worker')
        expect([String(ports.peers), String(ports['peers-udp'])]).toEqual([torrent.listen_port, torrent.listen_port])
    }
  })

  test('probes ask for what each process serves', async () => {
    const server = await startStatusServer({
      host: '127.0.0.1',
      port: 0,
      registry: createMetrics('test').registry,
      ready: async () => ({ ok: true, checks: {} }),
    })
    try {
      for (const pod of deployments) {
        const { startupProbe, livenessProbe, readinessProbe } = main(pod)
        expect([startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet.port)).toEqual(['metrics', 'metrics', 'metrics'])
        expect([livenessProbe.httpGet.path, readinessProbe.httpGet.path]).toEqual(['/healthz', '/readyz'])
        for (const { httpGet } of [startupProbe, livenessProbe, readinessProbe])
          expect((await fetch(`http://127.0.0.1:${server.port}${httpGet.path}`)).status).toBe(200)
      }
    } finally {
      await server.close()
    }
  })

  test('Prometheus finds each process, and calls it by the name of its app', () => {
    const [{ relabel_configs: rules }] = parse(readText('infra/prometheus/kubernetes.yml')).scrape_configs
    const keeps = rules.filter(({ action }: Fields) => action === 'keep').map(({ source_labels: [label], regex }: Fields) => [label, regex])
    expect(keeps).toEqual([
      ['__meta_kubernetes_pod_label_app_kubernetes_io_part_of', 'torrentino'],
      ['__meta_kubernetes_pod_container_port_name', 'metrics'],
    ])
    for (const pod of deployments) {
      expect(pod.spec.template.metadata.labels).toMatchObject({
        'app.kubernetes.io/part-of': 'torrentino',
        'app.kubernetes.io/name': pod.metadata.name,
      })
      expect(portsOf([pod])).toContain('metrics')
    }
  })

  test.each(pods.map((pod) => [pod.metadata.name, pod] as const))('%s may do no more than it has to', (_name, pod) => {
    const { spec } = pod.spec.template
    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    })
    expect(spec.containers).toHaveLength(1)
    expect(main(pod)).toMatchObject({
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      resources: { requests: { cpu: expect.any(String), memory: expect.any(String) }, limits: { memory: expect.any(String) } },
    })
  })

  test('files lie on the one volume of all who need them, and everything that is written has a place', () => {
    const volumes = names(of(all, 'PersistentVolumeClaim'))
    const holders = pods.filter((pod) => mountOf(pod, '/data') !== undefined)
    expect(names(holders)).toEqual(['convert-worker', 'download-worker', 'gateway', 'place-worker'])
    for (const pod of pods) {
      expect(mountOf(pod, '/tmp')).toBeDefined()
      for (const { name: mounted } of main(pod).volumeMounts) {
        const volume = pod.spec.template.spec.volumes.find((one: Fields) => one.name === mounted)
        expect(volume.emptyDir ?? volumes.includes(volume.persistentVolumeClaim.claimName)).toBeTruthy()
      }
    }
    const { torrent, converter, media } = loadConfig({ ...settingsOf(all), ...SECRETS })
    for (const folder of [torrent.download_path, converter.temp_dir, ...media.roots]) expect(folder).toMatch(/^\/data\//)
  })

  test('what grows, grows by the jobs of its queue and by what one copy does at a time', () => {
    const { processing, converter } = loadConfig({ ...settingsOf(all), ...SECRETS })
    const scaled = of(all, 'ScaledObject').map((one) => ScaledObject.parse(one))
    for (const { metadata, spec } of scaled) {
      const target = deployments.find((one) => one.metadata.name === spec.scaleTargetRef.name)
      expect([target?.metadata.name, target?.spec.replicas]).toEqual([metadata.name, undefined])
      expect(spec.maxReplicaCount).toBeGreaterThan(spec.minReplicaCount)
      const [{ metadata: trigger }] = spec.triggers
      const selectors = selectorsOf(trigger.query)
      expect(selectors.flatMap((selector) => faultsOfSelector(known, selector))).toEqual([])
      const queue = metadata.name.replace('-worker', '')
      expect(selectors.map(({ matchers }) => matchers.find(({ label }) => label === 'queue')?.value)).toEqual([queue])
      expect(Number(trigger.threshold)).toBe(queue === 'convert' ? converter.max_parallel_conversions : processing.worker_concurrency)
    }
    expect(scaled.length).toBe(name === 'overlays/small' ? 0 : 4)
  })
})

function portsOf(pods: readonly Manifest[]): string[] {
  return pods.flatMap((pod) => (main(pod).ports ?? []).map((port: Fields) => port.name))
}

function mountOf(pod: Manifest, path: string): Fields {
  return main(pod).volumeMounts.find(({ mountPath }: Fields) => mountPath === path)
}
