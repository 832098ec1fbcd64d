import { posix } from 'node:path'
import { z } from 'zod'

const MAX_SEGMENT_BYTES = 255

/** An absolute path, normalised. Whether it lies under a media root is asked with `rootOf`. */
export const destPath = z
  .string()
  .max(4096)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  .regex(/^\/[^\u0000-\u001f\u007f\p{Cs}]*[^/\u0000-\u001f\u007f\p{Cs}]$/u, 'must be an absolute file path without control characters')
  .refine((path) => !path.split('/').includes('..'), 'must not contain ..')
  .transform((path) => posix.normalize(path))
  .refine(
    (path) => path.split('/').every((segment) => Buffer.byteLength(segment) <= MAX_SEGMENT_BYTES),
    `each part of the path may have at most ${MAX_SEGMENT_BYTES} bytes`,
  )

/** The root that holds the path, or undefined when it lies outside all of them. */
export function rootOf(path: string, roots: readonly string[]): string | undefined {
  return roots.find((root) => {
    const relative = posix.relative(posix.normalize(root), posix.normalize(path))
    return relative !== '' && relative !== '..' && !relative.startsWith('../') && !posix.isAbsolute(relative)
  })
}

/** Pairs of paths that cannot both exist: equal, or one a folder of the other. Returns the index of the later one. */
export function findPathClash(paths: readonly string[]): { index: number; other: number } | undefined {
  const seen = new Map<string, number>()
  for (const [index, path] of paths.entries()) {
    const other = seen.get(path)
    if (other !== undefined) return { index, other }
    seen.set(path, index)
  }
  for (const [index, path] of paths.entries()) {
    for (let folder = posix.dirname(path); folder !== '/'; folder = posix.dirname(folder)) {
      const other = seen.get(folder)
      if (other !== undefined) return { index: Math.max(index, other), other: Math.min(index, other) }
    }
  }
  return undefined
}
