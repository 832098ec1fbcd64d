import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js'
import { waitFor } from './wait-for.js'

let server: Server
let proxy: TcpProxy
const sockets: Socket[] = []

beforeEach(async () => {
  // Says everything back.
  server = createServer((socket) => {
    socket.on('error', () => {})
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  proxy = await startTcpProxy(`redis://:word@127.0.0.1:${(server.address() as AddressInfo).port}/3`)
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await proxy.close()
  server.close()
})

function call(): { socket: Socket; heard: () => string; ended: () => boolean } {
  const socket = connect(proxy.port, '127.0.0.1')
  let heard = ''
  let ended = false
  socket.on('data', (piece) => {
    heard += piece
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    ended = true
  })
  sockets.push(socket)
  return { socket, heard: () => heard, ended: () => ended }
}

test('what is said passes both ways, and the address is that of the server but for the port', async () => {
  expect(proxy.url).toBe(`redis://:word@127.0.0.1:${proxy.port}/3`)
  const { socket, heard, ended } = call()
  const much = 'word '.repeat(100_000)
  socket.end(much)
  await waitFor('the end', ended)
  expect(heard()).toBe(much)
  await waitFor('the line to be let go', () => proxy.lines() === 0)
})

test('a line that is cut ends, and the next one works', async () => {
  const first = call()
  first.socket.write('one')
  await waitFor('the answer', () => first.heard() === 'one')
  proxy.cut()
  await waitFor('the end', first.ended)
  const second = call()
  second.socket.write('two')
  await waitFor('the answer', () => second.heard() === 'two')
})

test('a silent line holds what is said until it speaks again, also for whoever calls meanwhile', async () => {
  const before = call()
  before.socket.write('one')
  await waitFor('the answer', () => before.heard() === 'one')
  proxy.silent = true
  const meanwhile = call()
  before.socket.write(' two')
  meanwhile.socket.write('three')
  await waitFor('both lines', () => proxy.lines() === 4)
  expect([before.heard(), meanwhile.heard()]).toEqual(['one', ''])
  proxy.silent = false
  await waitFor('the answers', () => before.heard() === 'one two' && meanwhile.heard() === 'three')
})

test('a slow line loses nothing', async () => {
  proxy.delayMs = 5
  const { socket, heard } = call()
  for (const word of ['one ', 'two ', 'three']) socket.write(word)
  await waitFor('the answers', () => heard() === 'one two three')
})

test('whoever calls a closed proxy is turned away, and let in when it is open again', async () => {
  proxy.closed = true
  const first = call()
  await waitFor('the end', first.ended)
  proxy.closed = false
  const second = call()
  second.socket.write('one')
  await waitFor('the answer', () => second.heard() === 'one')
})

test('a server that is gone ends the line', async () => {
  server.close()
  await once(server, 'close')
  const { ended } = call()
  await waitFor('the end', ended)
})
