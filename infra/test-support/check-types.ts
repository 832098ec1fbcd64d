import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../files.js'
import type { Manifest } from './manifest.js'

const MODULES: Record<string, string> = {
  v1: 'core/v1',
  'apps/v1': 'apps/v1',
  'batch/v1': 'batch/v1',
  'networking.k8s.io/v1': 'networking/v1',
  'policy/v1': 'policy/v1',
}

/**
 * Of each manifest what the types of Kubernetes do not allow, strange fields too. The compiler looks at all of them at once, as at literals:
 * that is as strict as the server's own check.
 */
export function typeFaults(manifests: readonly Manifest[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'torrentino-manifests-'))
  try {
    const file = join(folder, 'manifests.ts')
    writeFileSync(file, manifests.map(lineOf).join('\n'))
    const flags = ['--noEmit', '--strict', '--skipLibCheck', '--ignoreConfig', '--module', 'nodenext', '--types', '', '--pretty', 'false']
    const { stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...flags, file], {
      encoding: 'utf8',
      cwd: folder,
    })
    const said = [...stdout.matchAll(/^manifests\.ts\((\d+),\d+\): (.*)$/gm)].map(([, line, text]) => ({
      index: Number(line) - 1,
      text: text ?? '',
    }))
    if (said.length === 0 && stdout.trim() !== '') throw new Error(stdout)
    return manifests.map((_manifest, index) => said.filter((one) => one.index === index).map(({ text }) => text))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One line for each, so that the number of the line says which it was. */
function lineOf(manifest: Manifest, index: number): string {
  const module = MODULES[manifest.apiVersion]
  if (module === undefined) throw new Error(`no types for ${manifest.apiVersion}`)
  const types = join(ROOT, 'node_modules/kubernetes-types', module, '').replace(/\/$/, '')
  return `export const m${index}: import(${JSON.stringify(`${types}.d.ts`)}).${manifest.kind} = ${JSON.stringify(manifest)}`
}
