import { test } from '@jest/globals'
import { createTorrentFile, hasQbittorrent, startQbittorrent, startSeeder, startTracker } from '@torrentino/testkit'
import { torrentClientContract } from '../torrent-client.contract.js'
import { openTestClient } from './test-support/test-client.js'

const startClient = async (folder: string) => openTestClient(await startQbittorrent(folder), { tickMs: 250 })

if (hasQbittorrent()) torrentClientContract({ startClient, startTracker, createTorrent: createTorrentFile, startSeeder })
else test.skip('does all that the contract asks, with a real qBittorrent', () => {})
