import { section } from '../section.js'
import { choice, decimal } from '../setting.js'

export const matcher = section({
  type: choice(['dumb'], { about: 'How candidates are scored: dumb = by fixed rules, without a language model', fallback: 'dumb' }),
  auto_approve_threshold: decimal({
    about: 'From this score on a candidate is taken without asking a person',
    min: 0,
    max: 1,
    fallback: 0.85,
  }),
})
