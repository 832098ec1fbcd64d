import { inspectFfmpeg, inspectFfprobe, type ProgramFacts } from '@torrentino/media'
import { findProgram } from '@torrentino/runtime'
import type { DoctorDeps } from './deps.js'
import { type Check, failed, ok, warning } from './finding.js'

const LIMIT_MS = 20_000
const INSPECT = { ffmpeg: inspectFfmpeg, ffprobe: inspectFfprobe }

export function programChecks({ config }: DoctorDeps): Check[] {
  return [check('ffmpeg', config.converter.ffmpeg_path), check('ffprobe', config.converter.ffprobe_path)]
}

function check(name: 'ffmpeg' | 'ffprobe', configured: string): Check {
  const setting = `CONVERTER_${name.toUpperCase()}_PATH`
  return {
    subject: name,
    advice: `install ffmpeg (Debian: apt-get install ffmpeg), or set ${setting}`,
    limitMs: LIMIT_MS + 2000,
    async run(signal) {
      const path = await findProgram(name, configured)
      return tell(await INSPECT[name](path, { signal, timeoutMs: LIMIT_MS }), path, setting)
    },
  }
}

function tell({ version, missing, lesser }: ProgramFacts, path: string, setting: string) {
  const lacks =
    missing.length === 0 ? [] : [failed(`${path} lacks ${missing.join(', ')}`, `install a full build of ffmpeg, or set ${setting} to one`)]
  const worse = lesser.map((what) => warning(`${path} lacks ${what}; a lesser one is used`, 'install a build of ffmpeg with libsoxr'))
  return [...(lacks.length === 0 ? [ok(`version ${version} has all that is needed`)] : lacks), ...worse]
}
