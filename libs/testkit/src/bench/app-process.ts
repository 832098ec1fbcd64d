import { fileURLToPath } from 'node:url'

// One of the apps itself: they are no libraries, so it is loaded by its path.
const [app = ''] = process.argv.slice(2)
await import(fileURLToPath(new URL(`../../../../dist/${app}.js`, import.meta.url)))
process.send?.('ready')
process.on('disconnect', () => process.exit(0))
