import { setMaxListeners } from 'node:events'
import { get } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

export interface Probe {
  name: string
  url: string
}

interface Answer {
  ready: boolean
  text: string
}

const POLL_MS = 100
const ANSWER_MS = 3000
const LONGEST_TEXT = 500

/** Asks all until each has answered that it is ready. Tells whom it still waits for each time that changes. */
export async function untilAllReady(probes: readonly Probe[], onWaiting: (names: string[]) => void, signal: AbortSignal): Promise<void> {
  const last = new Map(probes.map(({ name }) => [name, 'no answer']))
  async function untilReady({ name, url }: Probe): Promise<void> {
    for (let answer = await ask(url); !answer.ready; answer = await ask(url)) {
      last.set(name, answer.text)
      await delay(POLL_MS, undefined, { signal })
    }
    last.delete(name)
    onWaiting([...last.keys()])
  }
  onWaiting([...last.keys()])
  setMaxListeners(probes.length + 1, signal)
  try {
    await Promise.all(probes.map(untilReady))
  } catch {
    const missing = [...last].map(([name, text]) => `  ${name}: ${text}`)
    throw new Error(`not ready for work:\n${missing.join('\n')}`, { cause: signal.reason })
  }
}

function ask(url: string): Promise<Answer> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: ANSWER_MS }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text = (text + chunk).slice(0, LONGEST_TEXT)
      })
      response.on('close', () => resolve({ ready: response.statusCode === 200, text: text || `status ${response.statusCode}` }))
    })
    request.on('timeout', () => request.destroy(new Error('no answer in time')))
    request.on('error', (error) => resolve({ ready: false, text: error.message }))
  })
}
