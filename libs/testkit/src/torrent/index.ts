export { type Bencodable, encodeBencode } from './bencode.js'
export { type CreatedTorrent, createTorrentFile } from './create-torrent-file.js'
export { type Seeder, startSeeder } from './seeder.js'
export { startTracker, type Tracker } from './tracker.js'
