export * from './registry.js'
export * from './search-all.js'
export * from './searcher.js'
export { createTorznabSearcher } from './torznab/index.js'
