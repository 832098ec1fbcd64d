import { constants } from 'node:fs'
import { chmod, chown, copyFile, link, lstat, mkdir, readdir, realpath, rename, rmdir, statfs, unlink, writeFile } from 'node:fs/promises'
import { copyFileBytes } from '../files/copy-file.js'
import { syncFile, syncFolder } from '../files/durable.js'
import { hashFile } from '../files/hash-file.js'

export interface FileFacts {
  size: number
  kind: 'file' | 'folder' | 'other'
  /** Two names with the same identity are one file. */
  identity: string
  device: string
  /** How many names the file has. */
  names: number
  /** The permission bits. */
  mode: number
  owner: number
  group: number
}

/** What may be said while a long operation goes on. */
export interface Watch {
  signal?: AbortSignal
  /** Some more of the bytes have gone through. */
  onData?: () => void
}

/** All that placement does to a disk; tests put a failing one in its place. */
export interface FileSystem {
  /** Of the name itself, links are not followed. Rejects with ENOENT when there is nothing. */
  facts(path: string): Promise<FileFacts>
  realPath(path: string): Promise<string>
  freeBytes(folder: string): Promise<number>
  namesIn(folder: string): Promise<string[]>
  hash(path: string, watch?: Watch): Promise<string>
  makeFolder(path: string): Promise<void>
  removeFolder(path: string): Promise<void>
  link(existing: string, path: string): Promise<void>
  /** A copy that shares its blocks with the original until one of both is written to. */
  clone(existing: string, path: string): Promise<void>
  copy(existing: string, path: string, watch?: Watch): Promise<void>
  makeEmptyFile(path: string): Promise<void>
  setMode(path: string, mode: number): Promise<void>
  /** -1 leaves it as it is. */
  setOwner(path: string, owner: number, group: number): Promise<void>
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  syncFile(path: string): Promise<void>
  syncFolder(path: string): Promise<void>
}

const PERMISSIONS = 0o7777n

export const nodeFileSystem: FileSystem = {
  async facts(path) {
    const found = await lstat(path, { bigint: true })
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other'
    return {
      size: Number(found.size),
      kind,
      identity: `${found.dev}:${found.ino}`,
      device: String(found.dev),
      names: Number(found.nlink),
      mode: Number(found.mode & PERMISSIONS),
      owner: Number(found.uid),
      group: Number(found.gid),
    }
  },
  realPath: (path) => realpath(path),
  async freeBytes(folder) {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  },
  namesIn: (folder) => readdir(folder),
  hash: (path, watch) => hashFile(path, watch?.signal, watch?.onData),
  makeFolder: (path) => mkdir(path),
  removeFolder: (path) => rmdir(path),
  link: (existing, path) => link(existing, path),
  clone: (existing, path) => copyFile(existing, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE),
  copy: (existing, path, watch) => copyFileBytes(existing, path, watch?.signal, watch?.onData),
  makeEmptyFile: (path) => writeFile(path, '', { flag: 'wx' }),
  setMode: (path, mode) => chmod(path, mode),
  setOwner: (path, owner, group) => chown(path, owner, group),
  rename: (from, to) => rename(from, to),
  remove: (path) => unlink(path),
  syncFile,
  syncFolder,
}
