export { type Aria2Options, startAria2 } from './aria2/index.js'
export { makeMagnet, parseMagnet } from './magnet.js'
export { type Metainfo, parseMetainfo } from './metainfo.js'
export * from './torrent-client.js'
