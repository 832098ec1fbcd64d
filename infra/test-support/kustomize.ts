import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { ROOT, readText } from '../files.js'
import type { Manifest } from './manifest.js'
import { merged, type Operation, patched } from './merge-patch.js'

const Patch = z.strictObject({
  path: z.string().optional(),
  patch: z.string().optional(),
  target: z.strictObject({ kind: z.string(), name: z.string().optional(), labelSelector: z.string().optional() }),
})
type Patch = z.infer<typeof Patch>

/** Of Kustomize what we use. */
const Kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.string().optional(),
  resources: z.array(z.string()),
  images: z.array(z.strictObject({ name: z.string(), newTag: z.union([z.string(), z.number()]) })).default([]),
  patches: z.array(Patch).default([]),
  configMapGenerator: z
    .array(z.strictObject({ name: z.string(), behavior: z.literal('merge').optional(), literals: z.array(z.string()) }))
    .default([]),
})
type Kustomization = z.infer<typeof Kustomization>

/** The manifests of a folder, as `kubectl kustomize` makes them; only the names of config maps have no hash. */
export function kustomize(folder: string): Manifest[] {
  const own = Kustomization.parse(parse(readText(folder, 'kustomization.yaml')))
  const resources = own.resources.flatMap((path) => read(join(folder, path)))
  const settled = own.configMapGenerator.reduce(withConfigMap, resources)
  const laidOver = own.patches.reduce((all, patch) => withPatch(folder, all, patch), settled)
  return laidOver.map((manifest) => withImages(own, withNamespace(own, manifest)))
}

function read(path: string): Manifest[] {
  if (existsSync(join(ROOT, path, 'kustomization.yaml'))) return kustomize(path)
  return parseAllDocuments(readText(path)).map((document) => document.toJS() as Manifest)
}

function withConfigMap(all: Manifest[], { name, behavior, literals }: Kustomization['configMapGenerator'][number]): Manifest[] {
  const data = Object.fromEntries(literals.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]))
  const is = (manifest: Manifest) => manifest.kind === 'ConfigMap' && manifest.metadata.name === name
  if (all.some(is) !== (behavior === 'merge')) throw new Error(`the config map ${name} is made once, and merged into later`)
  if (behavior === 'merge') return all.map((manifest) => (is(manifest) ? { ...manifest, data: { ...manifest.data, ...data } } : manifest))
  return [...all, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data, spec: undefined }]
}

function withPatch(folder: string, all: Manifest[], { path, patch, target }: Patch): Manifest[] {
  const change = parse(path === undefined ? (patch ?? '') : readText(folder, path))
  const [label = '', value] = target.labelSelector?.split('=') ?? []
  const isMeant = ({ kind, metadata }: Manifest) =>
    kind === target.kind &&
    (target.name === undefined || metadata.name === target.name) &&
    (value === undefined || metadata.labels?.[label] === value)
  if (!all.some(isMeant)) throw new Error(`no manifest is meant by ${JSON.stringify(target)}`)
  return all.flatMap((manifest) => {
    if (!isMeant(manifest)) return [manifest]
    if (Array.isArray(change)) return [patched(manifest, change as Operation[])]
    if (change.$patch === 'delete') return []
    const { metadata, ...rest } = change as Manifest
    return [merged(manifest, { ...rest, metadata: { ...metadata, name: manifest.metadata.name } })]
  })
}

function withNamespace({ namespace }: Kustomization, manifest: Manifest): Manifest {
  return namespace === undefined ? manifest : { ...manifest, metadata: { ...manifest.metadata, namespace } }
}

function withImages({ images }: Kustomization, manifest: Manifest): Manifest {
  const containers = manifest.spec?.template?.spec?.containers as { image: string }[] | undefined
  if (!containers) return manifest
  const tagged = containers.map((container) => {
    const tag = images.find(({ name }) => name === container.image)?.newTag
    return tag === undefined ? container : { ...container, image: `${container.image}:${tag}` }
  })
  const { template } = manifest.spec
  return { ...manifest, spec: { ...manifest.spec, template: { ...template, spec: { ...template.spec, containers: tagged } } } }
}
