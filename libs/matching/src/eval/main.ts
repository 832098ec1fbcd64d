import { parseArgs } from 'node:util'
import { development } from './cases/development.js'
import { developmentVideo } from './cases/development-video.js'
import { heldOut } from './cases/held-out.js'
import { heldOutVideo } from './cases/held-out-video.js'
import { effectOf } from './effect.js'
import { judgeCases, measure } from './measure.js'
import { failuresOf, tableOf } from './report.js'
import { readResults, resultsOf, writeResults } from './results.js'
import { judgeVideoCases } from './video/judge-video-cases.js'

/** Cases are named of the development parts alone; the others are kept for their numbers. */
const DEVELOPMENT = ['development', 'films and series, development'] as const
const { values } = parseArgs({ options: { failures: { type: 'boolean' }, json: { type: 'string' }, against: { type: 'string' } } })
const before = values.against === undefined ? undefined : readResults(values.against)

const parts = {
  development: await judgeCases(development),
  'held out': await judgeCases(heldOut),
  'films and series, development': await judgeVideoCases(developmentVideo),
  'films and series, held out': await judgeVideoCases(heldOutVideo),
}
const results = resultsOf(parts)
if (values.json !== undefined) writeResults(values.json, results)
if (before) console.log(effectOf(before, results, new Set(DEVELOPMENT)))
else for (const [part, judged] of Object.entries(parts)) console.log(tableOf(part, measure(judged)))
if (values.failures) console.log(failuresOf(DEVELOPMENT.flatMap((part) => parts[part])))
