import { parseArgs } from 'node:util'
import { diagnose } from './doctor/diagnose.js'
import { isWell, printFindings } from './doctor/print.js'
import { removeProbes } from './doctor/probe-file.js'

// Whether all that the system needs is there: npm run doctor [-- --json]

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { json: { type: 'boolean' } } })
  const findings = await diagnose({ env: process.env, dataFolder: '.data' })
  printFindings(findings, values.json === true, process.stdout)
  return isWell(findings) ? 0 : 1
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    removeProbes()
    process.exit(1)
  })

const code = await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\nnpm run doctor [-- --json]\n`)
  return 1
})
// A dead mount may hold a thread for ever; what was written must be out first.
process.stdout.write('', () => process.exit(code))
