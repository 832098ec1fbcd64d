import { posix } from 'node:path'
import { z } from 'zod'

const MAX_SEGMENT_BYTES = 255
// With room for the names that files have beside their place while they are put there.
const MAX_PATH_BYTES = 4000

/** An absolute path, normalised. Whether it lies under a media root is asked with `rootOf`. */
export const destPath = z
  .string()
  .max(4096)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  .regex(/^\/[^\u0000-\u001f\u007f\p{Cs}]*[^/\u0000-\u001f\u007f\p{Cs}]$/u, 'must be an absolute file path without control characters')
  .refine((path) => !path.split('/').includes('..'), 'must not contain ..')
  .refine((path) => !path.endsWith('/.'), 'must name a file')
  .transform((path) => posix.normalize(path))
  .refine(
    (path) => path.split('/').every((segment) => Buffer.byteLength(segment) <= MAX_SEGMENT_BYTES),
    `each part of the path may have at most ${MAX_SEGMENT_BYTES} bytes`,
  )
  .refine((path) => Buffer.byteLength(path) <= MAX_PATH_BYTES, `the path may have at most ${MAX_PATH_BYTES} bytes`)

/** The root that holds the path, or undefined when it lies outside all of them. */
export function rootOf(path: string, roots: readonly string[]): string | undefined {
  return roots.find((root) => {
    const relative = posix.relative(posix.normalize(root), posix.normalize(path))
    return relative !== '' && relative !== '..' && !relative.startsWith('../') && !posix.isAbsolute(relative)
  })
}

/** Two paths that cannot both exist: equal, or one a folder of the other. Returns the index of the later one. */
export function findPathClash(paths: readonly string[]): { index: number; other: number } | undefined {
  // With a slash at its end, a folder is the beginning of all that lies in it, so in sorted order a clash shows between neighbours.
  const sorted = paths.map((path, index) => ({ key: `${path}/`, index })).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const clashes = sorted.flatMap(({ key, index }, at) => {
    const next = sorted[at + 1]
    return next?.key.startsWith(key) ? [{ index: Math.max(index, next.index), other: Math.min(index, next.index) }] : []
  })
  return clashes.sort((a, b) => a.index - b.index)[0]
}
