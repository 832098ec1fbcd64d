import { type Evidence, percent, type Verdict } from './rule.js'

const POINTS = 0.1
const GOOD = 0.7
/** What lacks a track is not what was asked for, however many the others are. */
const INCOMPLETE = -0.1

/** How much of what is wanted the file list holds. */
export function coverageRule({ request, files }: Evidence): Verdict | undefined {
  if (!files) return undefined
  const found = files.mapping.length
  const wanted = found + files.unmapped.length
  if (found === 0 && files.images.length > 0) return undefined
  if (found === 0) return { code: 'coverage', points: -1, text: 'none of the wanted tracks is among its files', reject: true }
  const share = found / wanted
  const told = `${found} of ${wanted} wanted tracks are among its files`
  if (found < wanted && request.constraints.allow_partial)
    return { code: 'coverage', points: POINTS * files.confidence - 0.2 * (1 - share), text: told }
  if (found < wanted) return { code: 'coverage', points: INCOMPLETE - 0.4 * (1 - share), text: told }
  if (files.confidence < GOOD)
    return { code: 'coverage', points: -0.2, text: `its files fit the tracks by ${percent(files.confidence)} only` }
  return { code: 'coverage', points: POINTS * files.confidence, text: `all ${wanted} wanted tracks are among its files` }
}
