export * from './searchers/index.js'
export * from './torrents/index.js'
