import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sayLacking } from './say-lacking.js'

let mayMount: boolean | undefined

/** Only who may mount, which is root in most places, can have real volumes fill up and vanish. */
export function canMount(): boolean {
  mayMount ??= tryToMount()
  return sayLacking(mayMount, 'tests of full and vanished volumes, because nothing may be mounted here (run as root)')
}

export function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: 'pipe' })
}

/** Lazily, should a program be at it still. */
export function unmount(path: string): void {
  execFileSync('umount', ['-l', path], { stdio: 'pipe' })
}

/** A file system of its own, of so many bytes. */
export function mountSmallDisk(path: string, bytes: number): void {
  mkdirSync(path, { recursive: true })
  mount('-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path)
}

export interface SmallDisk {
  folder: string
  close(): Promise<void>
}

/** Null where nothing may be mounted. */
export function makeSmallDisk(bytes: number): SmallDisk | null {
  if (!canMount()) return null
  const folder = mkdtempSync(join(tmpdir(), 'torrentino-disk-'))
  mountSmallDisk(folder, bytes)
  return {
    folder,
    async close() {
      unmount(folder)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function tryToMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'torrentino-mount-'))
  try {
    mountSmallDisk(folder, 65_536)
    unmount(folder)
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
