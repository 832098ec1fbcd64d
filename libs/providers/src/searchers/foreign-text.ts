import { redactText } from '@torrentino/runtime'

const MAX_CHARS = 300

/** What an indexer says of its troubles, fit for people: exceptions quote addresses, and those have keys in them. */
export function foreignText(text: string, apiKey: string | undefined): string {
  const bare = text
    .slice(0, 5000)
    .replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ')
    .replace(/(https?:\/\/[^\s?]*)\?\S*/gi, '$1')
    .trim()
  return redactText(apiKey ? bare.replaceAll(apiKey, '***') : bare).slice(0, MAX_CHARS)
}
