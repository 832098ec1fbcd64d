import { describe, expect, test } from '@jest/globals'
import { sampleRequest } from '../testing/sample-request.js'
import { NO_ANSWER } from './model-answer.js'
import { moreQueries } from './more-queries.js'
import type { Ask, Question } from './question.js'

const request = sampleRequest({ artist: 'Kino', album: 'Gruppa krovi', year: 1988 })
const asked: Question<unknown>[] = []
const says =
  (...queries: string[]): Ask =>
  async (question) => {
    asked.push(question)
    return { value: question.schema.parse({ ...NO_ANSWER, queries }) }
  }

describe('further queries', () => {
  test('are words only, which no indexer may pass over for its fields, and go to the model with what was tried', async () => {
    expect(await moreQueries(says('Кино Группа крови'), request, ['Kino Gruppa krovi'])).toEqual({
      queries: [{ strategy: 'llm', text: 'Кино Группа крови' }],
    })
    expect(JSON.parse(asked.at(-1)?.user ?? '')).toMatchObject({ wanted: { artist: 'Kino' }, tried: ['Kino Gruppa krovi'] })
  })

  test('are plain words, a few, none twice, none that was tried', async () => {
    const many = [
      'kino gruppa KROVI',
      '  ',
      '"Кино" | (альбом)\u0000',
      'кино  альбом',
      ...Array.from({ length: 9 }, (_, index) => `Kino ${index}`),
    ]
    const answer = await moreQueries(says(...many), request, ['Kino Gruppa krovi'])
    if ('error' in answer) throw new Error(answer.error)
    expect(answer.queries.map(({ text }) => text)).toEqual(['Кино альбом', 'Kino 0', 'Kino 1', 'Kino 2', 'Kino 3'])
  })

  test('or the reason why there are none', async () => {
    expect(await moreQueries(async () => ({ error: 'away' }), request, [])).toEqual({ error: 'away' })
  })
})
