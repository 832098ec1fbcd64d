import { replayDecisions } from './decisions/replay-decisions.js'
import { runOnStore } from './with-store.js'

// What the present matcher would decide of past tickets: npm run match:replay -- --since 2026-01-01

await runOnStore((store, config) =>
  replayDecisions(store, config, process.argv.slice(2), {
    line: (text) => void process.stdout.write(`${text}\n`),
    complain: (text) => void process.stderr.write(`${text}\n`),
  }),
)
