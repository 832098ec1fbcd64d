import { development } from './cases/development.js'
import { developmentVideo } from './cases/development-video.js'
import { heldOut } from './cases/held-out.js'
import { heldOutVideo } from './cases/held-out-video.js'
import { judgeCases, measure } from './measure.js'
import { failuresOf, tableOf } from './report.js'
import { judgeVideoCases } from './video/judge-video-cases.js'

/** `--failures` lists what went wrong in the development part; the other part is kept for its numbers alone. */
const options = new Set(process.argv.slice(2))
const parts = {
  development: await judgeCases(development),
  'held out': await judgeCases(heldOut),
  'films and series, development': await judgeVideoCases(developmentVideo),
  'films and series, held out': await judgeVideoCases(heldOutVideo),
}
const measures = Object.fromEntries(Object.entries(parts).map(([part, judged]) => [part, measure(judged)]))

if (options.has('--json')) console.log(JSON.stringify(measures, null, 2))
else for (const [part, numbers] of Object.entries(measures)) console.log(tableOf(part, numbers))
if (options.has('--failures')) console.log(failuresOf([...parts.development, ...parts['films and series, development']]))
