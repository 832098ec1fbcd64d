import { access, constants, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

interface Packages {
  setting?: string
  debian: string
  fedora: string
  mac: string
}

const PACKAGES: Record<string, Packages> = {
  ffmpeg: { setting: 'CONVERTER_FFMPEG_PATH', debian: 'ffmpeg', fedora: 'ffmpeg-free', mac: 'ffmpeg' },
  ffprobe: { setting: 'CONVERTER_FFPROBE_PATH', debian: 'ffmpeg', fedora: 'ffmpeg-free', mac: 'ffmpeg' },
  aria2c: { setting: 'TORRENT_ARIA2_PATH', debian: 'aria2', fedora: 'aria2', mac: 'aria2' },
  'redis-server': { debian: 'redis-tools', fedora: 'redis', mac: 'redis' },
}

export class ProgramMissingError extends Error {
  override readonly name = 'ProgramMissingError'
}

/** The path of a program: the configured one, else the first on PATH. A configured one that is not there is not replaced in silence. */
export async function findProgram(name: string, configuredPath = '', path: string = process.env.PATH ?? ''): Promise<string> {
  const wanted = configuredPath === '' ? name : configuredPath
  if (wanted.includes('/')) {
    if (await isExecutable(wanted)) return wanted
    throw new ProgramMissingError(`${wanted} is not a program that can be run${hint(name)}`)
  }
  for (const folder of path.split(delimiter).filter((part) => part !== '')) {
    const candidate = join(folder, wanted)
    if (await isExecutable(candidate)) return candidate
  }
  throw new ProgramMissingError(`${wanted} was not found on PATH${hint(name)}`)
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

function hint(name: string): string {
  const known = PACKAGES[name]
  if (known === undefined) return '.'
  const setting = known.setting === undefined ? '' : `, or set ${known.setting} to where it is`
  return [
    `. Install it${setting}:`,
    `  Debian/Ubuntu: sudo apt-get install -y ${known.debian}`,
    `  Fedora:        sudo dnf install -y ${known.fedora}`,
    `  macOS:         brew install ${known.mac}`,
  ].join('\n')
}
