import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { BusEvent, messagesOfStep, type StepEvent } from './events.js'

// While a new version is rolled out, gateways and workers of the last one are still there: see the README.

interface Recorded {
  /** As workers published them. */
  events: BusEvent[]
  /** As clients got them for those steps. */
  messages: { type: string; id: number }[]
}

const FOLDER = new URL('./__fixtures__/recorded/', import.meta.url)
const versions = readdirSync(FOLDER).map((file) => [file, JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Recorded] as const)
const isStep = (event: BusEvent): event is StepEvent => event.kind === 'step'
const nameOf = (event: BusEvent) => (isStep(event) ? `step ${event.cause}` : `progress of ${event.stage}`)

describe.each(versions)('recorded in %s', (_, { events, messages }) => {
  test.each(events.map((event) => [nameOf(event), event] as const))(
    '%s is read whole, also with what a later version adds',
    (_name, event) => {
      expect(BusEvent.parse(event)).toEqual(event)
      expect(BusEvent.parse({ ...event, what_a_later_version_adds: { list: [1] } })).toEqual(event)
    },
  )

  test.each(messages.map((message) => [`${message.type} ${message.id}`, message] as const))(
    'clients still find in %s what they found',
    (_name, message) => {
      const steps = events.filter(isStep)
      const made = steps.flatMap(messagesOfStep).find(({ id }) => id === message.id)
      expect(made).toMatchObject(message)
    },
  )
})

test('there is a recording of each kind of message that a step makes on the way to its end', () => {
  const types = versions.flatMap(([, { messages }]) => messages.map(({ type }) => type))
  expect(types).toEqual(expect.arrayContaining(['state_change', 'needs_approval', 'completed']))
})
