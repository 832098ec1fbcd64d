import { expect, test } from '@jest/globals'
import { Chronicle } from './chronicle.js'
import { runChaos } from './run.js'

// A short one of many: npm run chaos has more tickets, more time and any seed.
const SHORT = { seed: 7, tickets: 10, minutes: 0.1, qbittorrent: false }

test('a system under fire loses no ticket, places no file twice and leaves nothing behind', async () => {
  const said: string[] = []
  const { findings, stories } = await runChaos(SHORT, new Chronicle((text) => said.push(text)))
  if (findings.length > 0) console.error([...said, ...stories].join('\n'))
  expect(findings).toEqual([])
}, 900_000)
