import http from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'

export const CONNECT_TIMEOUT_CODE = 'ECONNECTTIMEOUT'

type Connect = http.Agent['createConnection']

/** Agents that keep connections for the next request and give up on one that is not made in time. */
export function createAgents(connectTimeoutMs: number): { httpAgent: http.Agent; httpsAgent: https.Agent } {
  const options = { keepAlive: true, maxFreeSockets: 4, timeout: 30_000 }
  const httpAgent = new http.Agent(options)
  const httpsAgent = new https.Agent(options)
  limitConnect(httpAgent, 'connect', connectTimeoutMs)
  limitConnect(httpsAgent, 'secureConnect', connectTimeoutMs)
  return { httpAgent, httpsAgent }
}

function limitConnect(agent: http.Agent, event: 'connect' | 'secureConnect', timeoutMs: number): void {
  const connect: Connect = agent.createConnection.bind(agent)
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback)
    if (socket) destroyUnless(socket, event, timeoutMs)
    return socket
  }
}

function destroyUnless(socket: Duplex, event: string, timeoutMs: number): void {
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error('no connection in time'), { code: CONNECT_TIMEOUT_CODE }))
  }, timeoutMs)
  const done = () => clearTimeout(timer)
  socket.once(event, done).once('close', done)
}
