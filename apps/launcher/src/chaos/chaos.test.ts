import { expect, test } from '@jest/globals'
import { runChaos } from './run.js'

// A short one of many: npm run chaos has more tickets, more time and any seed.
const SHORT = { seed: 7, tickets: 16, minutes: 0.15 }

test('a system under fire loses no ticket, places no file twice and leaves nothing behind', async () => {
  const said: string[] = []
  const { findings, stories } = await runChaos(SHORT, (text) => said.push(text))
  if (findings.length > 0) console.error([...said, ...stories].join('\n'))
  expect(findings).toEqual([])
}, 420_000)
