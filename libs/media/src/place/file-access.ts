import { ignoring } from './file-helpers.js'
import type { FileFacts, FileSystem } from './file-system.js'

/** What placed files and the folders made for them shall have. What is not set is as the umask and the account of the process give it. */
export interface FileAccess {
  fileMode?: number
  folderMode?: number
  owner?: number
  group?: number
}

// Some network and memory card file systems know neither modes nor owners.
const WITHOUT = ['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']

export async function giveAccess(fs: FileSystem, path: string, mode: number | undefined, { owner, group }: FileAccess): Promise<void> {
  // The mode last: a change of the owner takes some of its bits away.
  if (owner !== undefined || group !== undefined) await ignoring(WITHOUT, fs.setOwner(path, owner ?? -1, group ?? -1))
  if (mode !== undefined) await ignoring(WITHOUT, fs.setMode(path, mode))
}

export function hasAccess(file: FileFacts, { fileMode = file.mode, owner = file.owner, group = file.group }: FileAccess): boolean {
  return file.mode === fileMode && file.owner === owner && file.group === group
}
