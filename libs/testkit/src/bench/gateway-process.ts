import { fileURLToPath } from 'node:url'

// The gateway itself: an app is no library, so it is loaded by its path.
await import(fileURLToPath(new URL('../../../../apps/gateway/dist/main.js', import.meta.url)))
process.send?.('ready')
process.on('disconnect', () => process.exit(0))
