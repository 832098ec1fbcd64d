import { createReadStream, createWriteStream } from 'node:fs'
import { link, lstat, mkdir, realpath, rename, rmdir, statfs, unlink } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { syncFile, syncFolder } from '../files/durable.js'
import { hashFile } from '../files/hash-file.js'

export interface FileFacts {
  size: number
  kind: 'file' | 'folder' | 'other'
  /** Two names with the same identity are one file. */
  identity: string
}

/** All that placement does to a disk; tests put a failing one in its place. */
export interface FileSystem {
  /** Of the name itself, links are not followed. Rejects with ENOENT when there is nothing. */
  facts(path: string): Promise<FileFacts>
  realPath(path: string): Promise<string>
  freeBytes(folder: string): Promise<number>
  hash(path: string, signal?: AbortSignal): Promise<string>
  makeFolder(path: string): Promise<void>
  removeFolder(path: string): Promise<void>
  link(existing: string, path: string): Promise<void>
  copy(existing: string, path: string, signal?: AbortSignal): Promise<void>
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  syncFile(path: string): Promise<void>
  syncFolder(path: string): Promise<void>
}

export const nodeFileSystem: FileSystem = {
  async facts(path) {
    const found = await lstat(path, { bigint: true })
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other'
    return { size: Number(found.size), kind, identity: `${found.dev}:${found.ino}` }
  },
  realPath: (path) => realpath(path),
  async freeBytes(folder) {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  },
  hash: hashFile,
  makeFolder: (path) => mkdir(path),
  removeFolder: (path) => rmdir(path),
  link: (existing, path) => link(existing, path),
  copy: (existing, path, signal) => pipeline(createReadStream(existing), createWriteStream(path, { flags: 'wx' }), { signal }),
  rename: (from, to) => rename(from, to),
  remove: (path) => unlink(path),
  syncFile,
  syncFolder,
}
