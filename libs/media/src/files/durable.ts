import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

export async function syncFile(path: string): Promise<void> {
  await syncHandle(path)
}

/** Makes renames and unlinks in the folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  await syncHandle(path)
}

/** A finished `.part` becomes the file, whole or not at all. */
export async function publishFile(part: string, output: string): Promise<void> {
  await syncFile(part)
  await rename(part, output)
  await syncFolder(dirname(output))
}

async function syncHandle(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
