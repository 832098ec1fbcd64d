import { StageError } from '@torrentino/domain'

/** What the work comes to, unless it takes longer than that. The work itself goes on: nothing can stop a file operation. */
export async function withinLimit<T>(work: Promise<T>, limitMs: number, path: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(mountSilent(path, limitMs)), limitMs)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(timer)
  }
}

export function mountSilent(path: string, limitMs: number): StageError {
  return new StageError('retryable', 'mount_silent', `The volume of ${path} has not answered for ${limitMs / 1000} s`)
}
