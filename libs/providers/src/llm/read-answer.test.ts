import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { z } from 'zod'
import { readAnswer } from './read-answer.js'

const schema = z.object({ score: z.number().min(0).max(1), why: z.string() })
const good = '{"score": 0.5, "why": "it {fits}"}'

test.each([
  ['bare', good],
  ['in a code fence', `\`\`\`json\n${good}\n\`\`\``],
  ['with a sentence around it', `Here you are:\n${good}\nI hope that helps!`],
])('%s', (_, text) => expect(readAnswer(text, schema)).toEqual({ value: { score: 0.5, why: 'it {fits}' } }))

test.each([
  ['no JSON', 'I would say 0.5.', 'it is not JSON'],
  ['cut', good.slice(0, 20), 'it is not JSON'],
  ['braces without JSON', '{what} a {day}', 'it is not JSON'],
  ['another shape', '[1]', 'the answer: '],
  ['a key is missing', '{"score": 0.5}', 'why: '],
  ['a value out of bounds', '{"score": 50, "why": ""}', 'score: '],
])('%s: says what is wrong', (_, text, fault) => expect(readAnswer(text, schema)).toEqual({ fault: expect.stringContaining(fault) }))

test('any text is read or refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(Object.keys(readAnswer(text, schema))).toHaveLength(1)
    }),
  )
})
