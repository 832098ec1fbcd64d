import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether this machine lets us mount: only then can real volumes fill up and vanish. */
export const canMount = tryToMount()

export function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: 'pipe' })
}

export function unmount(path: string): void {
  execFileSync('umount', ['-l', path], { stdio: 'pipe' })
}

export function mountSmallDisk(path: string, megabytes: number): void {
  mkdirSync(path, { recursive: true })
  mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', path)
}

function tryToMount(): boolean {
  const path = mkdtempSync(join(tmpdir(), 'media-mount-'))
  try {
    mountSmallDisk(path, 1)
    unmount(path)
    return true
  } catch {
    return false
  } finally {
    rmdirSync(path)
  }
}
