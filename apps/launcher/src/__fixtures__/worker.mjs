// Stands in for a process of the system: answers on METRICS_PORT and has a child in a process group of its own, as workers have.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'

const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
const say = (msg, fields) => console.log(JSON.stringify({ timestamp: new Date().toISOString(), level: 'info', msg, ...fields }))

createServer((request, response) => {
  response.writeHead(request.url === '/readyz' ? 200 : 404).end()
}).listen(Number(process.env.METRICS_PORT), '127.0.0.1', () => say('started', { child: child.pid }))

process.once('SIGTERM', () => {
  say('stopped')
  process.exit(0)
})
