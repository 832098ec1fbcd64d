export * from './torznab/index.js'
export * from './torrent/index.js'
export * from './servers/index.js'
