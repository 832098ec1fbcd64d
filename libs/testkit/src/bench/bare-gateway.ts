import http from 'node:http'
import { Queue } from 'bullmq'
import express from 'express'
import { Redis } from 'ioredis'
import pg from 'pg'
import { WebSocketServer } from 'ws'
import { postBare } from './chain.js'

// The peer of the gateway: the same rows and job for a POST, the same word to every WebSocket client, and nothing else.

const [databaseUrl = '', redisUrl = '', port = '0', queueName = 'posted'] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
const queue = new Queue(queueName, { connection: new Redis(redisUrl, { maxRetriesPerRequest: null }), prefix: 'bare' })

const app = express()
app.use(express.json())
app.get('/api/v1/health', (_request, response) => void response.json({ status: 'ok' }))
app.post('/api/v1/ticket', async (_request, response) => {
  response.status(201).json({ ticket_id: await postBare(pool, queue) })
})
const server = http.createServer(app)

const sockets = new WebSocketServer({ server })
sockets.on('connection', (socket) => socket.send(JSON.stringify({ type: 'hello', id: 0 })))
const subscriber = new Redis(redisUrl)
await subscriber.subscribe('bare:events')
subscriber.on('message', (_channel: string, text: string) => {
  const { seq, ticket_id, from, to, at, details } = JSON.parse(text)
  const message = JSON.stringify({ type: 'state_change', id: seq * 2, ticket_id, old_state: from, new_state: to, at, details })
  for (const socket of sockets.clients) socket.send(message)
})

server.listen(Number(port), '127.0.0.1', () => process.send?.('ready'))
process.on('disconnect', () => process.exit(0))
