import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const BUS = fileURLToPath(new URL('../../dist/index.js', import.meta.url))

const PROGRAM = `
import { openBus } from ${JSON.stringify(BUS)}
const [url, prefix, lockMs, stalledCheckMs] = process.argv.slice(1)
const bus = openBus({ url, prefix, onError: () => {} })
await bus.ready()
bus.work({
  queue: 'search', concurrency: 1, lockMs: Number(lockMs), stalledCheckMs: Number(stalledCheckMs),
  onError() {}, onStalled() {},
  handle: (job) => { process.stdout.write(job.id + '\\n'); return new Promise(() => {}) },
})
process.stdin.on('end', () => process.exit()).resume()
`

/** A worker in a process of its own that takes a job, says its id and never ends it. Ends with this process, too. */
export function startWorkerProcess(url: string, prefix: string, lockMs: number, stalledCheckMs: number) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, url, prefix, String(lockMs), String(stalledCheckMs)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const began = new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => resolve(text.toString().trim()))
    child.once('exit', () => reject(new Error('the worker process ended before it took a job')))
  })
  began.catch(() => {})
  return {
    began,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
