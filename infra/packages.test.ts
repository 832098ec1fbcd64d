import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs'
import { extname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { ROOT, readText } from './files.js'

interface LockedPackage {
  dev?: boolean
  optional?: boolean
  /** Needed by development packages and by optional ones; an image has neither. */
  devOptional?: boolean
  link?: boolean
  cpu?: string[]
  os?: string[]
  hasInstallScript?: boolean
}

const { packages } = JSON.parse(readText('package-lock.json')) as { packages: Record<string, LockedPackage> }
/** What `npm ci --omit=dev --omit=optional` puts into an image, and a little more. */
const inImages = Object.entries(packages).filter(
  ([path, { dev, optional, devOptional, link }]) => path.includes('node_modules/') && !dev && !optional && !devOptional && !link,
)
const MACHINE_CODE = new Set(['.node', '.so', '.dylib', '.dll', '.exe'])
const MAGIC = new Set(['7f454c46', 'cffaedfe', 'cafebabe'])

describe('the packages in the images', () => {
  test('are for every kind of machine', () => {
    expect(inImages.length).toBeGreaterThan(100)
    expect(inImages.filter(([, { cpu, os }]) => cpu ?? os).map(([path]) => path)).toEqual([])
  })

  test('hold no machine code', () => {
    expect(inImages.flatMap(([path]) => filesOf(path)).filter(isMachineCode)).toEqual([])
  })

  test('need no script at their installation, since none is run', () => {
    // It counts installations.
    expect(inImages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual(['node_modules/@scarf/scarf'])
  })
})

/** Packages within a package have their own line in the lock file. */
function filesOf(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return []
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesOf(path)
    return entry.isFile() ? [path] : []
  })
}

function isMachineCode(path: string): boolean {
  const ending = extname(path)
  return MACHINE_CODE.has(ending) || (ending === '' && MAGIC.has(firstBytes(join(ROOT, path))))
}

function firstBytes(path: string): string {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(4)
    return bytes.toString('hex', 0, readSync(file, bytes, 0, 4, 0))
  } finally {
    closeSync(file)
  }
}
