import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Searching } from './lead-searches.js'

const LEAD = fileURLToPath(new URL('../../dist/test-support/lead-searches.js', import.meta.url))

const PROGRAM = `
import { leadSearches } from ${JSON.stringify(LEAD)}
process.stdout.write((await leadSearches(JSON.parse(process.argv[1]))).join(' '))
`

/** The same in a process of its own. */
export async function searchInProcess(work: Searching): Promise<string[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, JSON.stringify(work)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  let said = ''
  child.stdout.on('data', (text: Buffer) => {
    said += text
  })
  await new Promise((resolve) => child.once('close', resolve))
  return said.split(' ')
}
