import { listModels } from '@torrentino/providers'
import type { DoctorDeps } from './deps.js'
import { type Check, ok, skipped, warning } from './finding.js'

const LIMIT_MS = 15_000

/** Asks for the list of models, which costs nothing. */
export function languageModelChecks({ config, http }: DoctorDeps): Check[] {
  const { type, llm } = config.matcher
  if (type !== 'llm' || llm.provider === '') return []
  const login = { apiKey: llm.api_key?.reveal(), apiBase: llm.api_base?.reveal() }
  return [
    {
      subject: `language model ${llm.provider}`,
      advice:
        'look whether MATCHER_LLM_API_BASE can be reached, and whether MATCHER_LLM_API_KEY is right; until then the rules decide alone',
      limitMs: LIMIT_MS,
      async run(signal) {
        const models = await listModels(llm.provider, login, http, { signal, timeoutMs: LIMIT_MS })
        if (models === null) return [skipped('it answers, but has no list of models to ask for: key and model were not checked')]
        if (models.includes(llm.model) || models.includes(`${llm.model}:latest`)) return [ok(`it knows the model ${llm.model}`)]
        return [warning(`its list has no model ${llm.model}`, 'look for the right name of MATCHER_LLM_MODEL, or for an alias')]
      },
    },
  ]
}
