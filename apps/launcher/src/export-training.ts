import { exportTraining } from './decisions/export-training.js'
import { runOnStore } from './with-store.js'

// One line of JSON for each decision of the matcher: npm run export:training -- --since 2026-01-01 --out training.jsonl

await runOnStore((store) => exportTraining(store, process.argv.slice(2)))
