import { createTorrentFile, makeSmallDisk, startMutePeer, startSeeder, startTracker } from '@torrentino/testkit'
import { torrentClientContract } from '../torrent-client.contract.js'
import { startAria2 } from './index.js'

torrentClientContract({
  startClient: (stateFolder) => startAria2({ program: 'aria2c', stateFolder, seedRatio: 1, interface: '127.0.0.1', discovery: false }),
  startTracker,
  createTorrent: createTorrentFile,
  startSeeder,
  startMutePeer,
  makeSmallDisk,
})
