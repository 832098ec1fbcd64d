import { z } from 'zod'
import { type Secret, secretUrl } from '../../secret.js'
import { section } from '../section.js'
import { choice, decimal, describe, flag, integer, isUrl, plainText, secret, text } from '../setting.js'

const PROVIDERS = ['', 'anthropic', 'openai', 'deepseek', 'ollama', 'openai_compatible'] as const
const WITHOUT_KEY: readonly string[] = ['ollama', 'openai_compatible']

const apiBase = z
  .union([
    z.literal('').transform(() => undefined),
    plainText.refine((value) => isUrl(value, ['http:', 'https:']) && new URL(value).search === '').transform(secretUrl),
  ])
  .prefault('') as unknown as z.ZodType<Secret | undefined>

const sureFrom = z.union([z.literal('').transform(() => undefined), z.number().min(0).max(1)]).prefault('') as unknown as z.ZodType<
  number | undefined
>

const llm = section(
  {
    provider: choice(PROVIDERS, {
      about: 'Whose language model: anthropic, openai, deepseek, ollama, or openai_compatible for any other server of that API',
      allowed: 'anthropic, openai, deepseek, ollama or openai_compatible',
      fallback: '',
    }),
    model: text({
      about: 'Name of the model; required with a provider, because names of models die',
      allowed: 'the name of a model',
      pattern: /^\S{0,200}$/,
      fallback: '',
    }),
    api_key: secret({ about: 'Key of the provider; ollama and openai_compatible can do without', fallback: '' }),
    api_base: describe(apiBase, {
      about: 'Address of the API, such as http://localhost:11434; empty = the address of the provider itself',
      allowed: 'an http:// or https:// address without a query',
      fallback: '',
      sensitive: true,
    }),
    auto_approve_threshold: describe(sureFrom, {
      about: 'As MATCHER_AUTO_APPROVE_THRESHOLD, where the word of the model was used; empty = the same',
      allowed: 'a number from 0 to 1',
      fallback: '',
      fromText: (value) => (/^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value),
    }),
    timeout_secs: decimal({ about: 'Longest time of one answer; the first one of ollama may take longer', min: 1, max: 600, fallback: 60 }),
    max_secs_per_ticket: decimal({ about: 'Time that the model may cost one ticket, waiting included', min: 1, max: 3600, fallback: 180 }),
    max_tokens_per_ticket: integer({
      about: 'Tokens that one ticket may cost, questions and answers together',
      min: 1000,
      max: 10_000_000,
      fallback: 50_000,
    }),
    requests_per_minute: integer({ about: 'Questions a minute of all processes together', min: 1, max: 100_000, fallback: 30 }),
  },
  ({ provider, model, api_key, api_base }, complain) => {
    if (provider === '') {
      if (model !== '' || api_key !== undefined) complain('provider', 'is required when another setting of matcher.llm is set')
      return
    }
    if (model === '') complain('model', 'is required when matcher.llm.provider is set')
    if (api_key === undefined && !WITHOUT_KEY.includes(provider)) complain('api_key', `is required for ${provider}`)
    if (api_base === undefined && provider === 'openai_compatible') complain('api_base', `is required for ${provider}`)
  },
)

export const matcher = section(
  {
    type: choice(['dumb', 'llm'], {
      about: 'How candidates are scored: dumb = by fixed rules alone; llm = a language model is asked where the rules are not sure',
      fallback: 'dumb',
    }),
    auto_approve_threshold: decimal({
      about: 'From this score on a candidate is taken without asking a person',
      min: 0,
      max: 1,
      fallback: 0.85,
    }),
    prefer_discographies: flag({
      about: 'Take a collection rather than the album alone where both hold all that is wanted',
      fallback: false,
    }),
    music_quality_limit: choice(['flac', 'alac', '320', '256', '192', '128'], {
      about:
        'Nothing better than that is loaded, best first: flac, alac, then MP3 of so many kbit/s, or what sounds alike; not for tickets that ask for lossless',
      fallback: 'flac',
    }),
    llm,
  },
  ({ type, llm: { provider } }, complain) => {
    if (type === 'llm' && provider === '') complain('type', 'is llm, for which MATCHER_LLM_PROVIDER (matcher.llm.provider) is required')
  },
)
