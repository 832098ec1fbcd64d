import { z } from 'zod'

const MAX_REASONING = 4000
const MAX_WHY = 300

/** Ids as we gave them out: a model names nothing by its own words. */
const id = z.string().max(10)
const said = (max: number) =>
  z.string().transform((text) =>
    text
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim()
      .slice(0, max),
  )

/** The one form of all answers; parts that were not asked for stay empty. */
export const ModelAnswer = z.object({
  reasoning: z.string().transform((text) =>
    text
      .replace(/[^\P{C}\n]+/gu, ' ')
      .trim()
      .slice(0, MAX_REASONING),
  ),
  scores: z.array(z.object({ id, score: z.number().min(0).max(1), why: said(MAX_WHY) })).max(50),
  mapping: z.array(z.object({ track: id, file: id, confidence: z.number().min(0).max(1) })).max(200),
  queries: z.array(said(200)).max(20),
})
export type ModelAnswer = z.infer<typeof ModelAnswer>

export const NO_ANSWER: ModelAnswer = { reasoning: '', scores: [], mapping: [], queries: [] }
