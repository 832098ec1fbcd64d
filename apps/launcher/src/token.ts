import { runTokenCommand } from './token-command.js'
import { runOnStore } from './with-store.js'

// Keys of callers: npm run token -- create ann --role admin

await runOnStore((store) => runTokenCommand(store, process.argv.slice(2)))
