export type { LlmCall, LlmDialect } from './dialects.js'
export * from './fake-provider.js'
export * from './replies.js'
export * from './start-llm-server.js'
