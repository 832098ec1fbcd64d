/**
 * Where the file of an id lies in a tree whose folders stay small: `audio/ab/cd/ef/abcdef12.ogg`. An id that is too short for
 * three folders is filled up with `_`; a dot in a folder's name is one, too, since a folder called `..` leads elsewhere.
 */
export function shardedPath(id: string, extension: string, root = 'audio'): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/.test(id)) throw new RangeError('the id must be letters, digits and . _ : - only, at most 128')
  if (!/^[A-Za-z0-9]{1,10}$/.test(extension)) throw new RangeError('the extension must be letters and digits only, without a dot')
  const filled = id.slice(0, 6).padEnd(6, '_').replaceAll('.', '_')
  return [root, filled.slice(0, 2), filled.slice(2, 4), filled.slice(4, 6), `${id}.${extension}`].join('/')
}
