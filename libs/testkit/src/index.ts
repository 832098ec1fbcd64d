export * from './album/index.js'
export * from './servers/index.js'
export * from './torrent/index.js'
export * from './torznab/index.js'
