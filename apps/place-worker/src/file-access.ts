import type { FileAccess } from '@torrentino/media'
import type { Config } from '@torrentino/runtime'

/** The settings as the file operations want them; what is empty stays as it comes. */
export function fileAccessOf({ file_mode, folder_mode, owner }: Pick<Config['media'], 'file_mode' | 'folder_mode' | 'owner'>): FileAccess {
  const [user, group] = owner.split(':').filter(Boolean).map(Number)
  return { fileMode: modeOf(file_mode), folderMode: modeOf(folder_mode), owner: user, group }
}

function modeOf(text: string): number | undefined {
  return text === '' ? undefined : Number.parseInt(text, 8)
}
