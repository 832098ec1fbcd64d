import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parseAllDocuments } from 'yaml'
import { sayLacking } from '../../libs/testkit/src/say-lacking.js'
import { ROOT } from '../files.js'
import { kustomize } from '../test-support/kustomize.js'
import type { Manifest } from '../test-support/manifest.js'

const isThere = sayLacking(
  spawnSync('kubectl', ['version', '--client']).status === 0,
  'the comparison of our manifests with what Kustomize makes of them, because it takes kubectl',
)
const testThere = isThere ? test : test.skip

testThere.each(['base', 'overlays/small', 'overlays/production'])('infra/k8s/%s is read as Kustomize reads it', (name) => {
  const folder = join('infra/k8s', name)
  const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', join(ROOT, folder)], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  const made = parseAllDocuments(stdout.replaceAll(/(torrentino-settings)-\w{10}$/gm, '$1')).map((document) => document.toJS() as Manifest)
  const byName = (all: Manifest[]) => Object.fromEntries(all.map((one) => [`${one.kind} ${one.metadata.name}`, one]))
  const ours = JSON.parse(JSON.stringify(kustomize(folder)))
  expect(byName(ours)).toEqual(byName(made))
})
