import { runAuditPrune } from './audit-prune-command.js'
import { runOnDatabase } from './with-store.js'

// Old entries of the audit go: npm run audit:prune -- --before 2026-01-31 --dry-run

await runOnDatabase((url) => runAuditPrune(url, process.argv.slice(2)))
