// A process of its own that holds a torrent client, to be killed. Tells its progress line by line.
import { startAria2 } from '../../../../dist/torrents/index.js'

const { stateFolder, folder, source, steps } = JSON.parse(process.argv[2])
const client = await startAria2({ program: 'aria2c', stateFolder, seedRatio: 1, interface: '127.0.0.1', discovery: false })
const infoHash = await client.addTorrent(source, folder)
const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`)
await client.waitForFiles(infoHash, { timeoutMs: 30_000 })
for (const indexes of steps) {
  await client.selectFiles(infoHash, indexes)
  await client.waitForCompletion(infoHash, { stallTimeoutMs: 30_000, onProgress: tell })
  tell({ done: indexes })
}
