import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../user-error.js'
import { Chronicle } from './chronicle.js'
import { readOptions } from './options.js'
import { runChaos } from './run.js'

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  const { seed, tickets, minutes } = options
  const say = (text: string) => console.log(text)
  say(`chaos: seed ${seed}, ${tickets} tickets, ${minutes} minutes of faults`)
  const chronicle = new Chronicle(say)
  const interrupted = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort())
  const { findings, stories } = await runChaos(options, chronicle, interrupted.signal)
  if (findings.length === 0) {
    say(`all ${tickets} tickets are sound (seed ${seed})`)
    return 0
  }
  for (const story of stories) say(`\n${story}`)
  const log = join(tmpdir(), `torrentino-chaos-${seed}.log`)
  await writeFile(log, chronicle.lines.map(({ at, text }) => `${chronicle.time(at)}  ${text}\n`).join(''))
  say(`\n${findings.length} findings:`)
  for (const { ticketId, text } of findings) say(`  ${ticketId ?? ''} ${text}`)
  say(`\nwhat the processes said: ${log}\nonce more: npm run chaos -- --seed ${seed} --tickets ${tickets} --minutes ${minutes}`)
  return 1
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof UserError ? error.message : error)
    process.exit(1)
  },
)
