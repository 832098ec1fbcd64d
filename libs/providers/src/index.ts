export * from './llm/index.js'
export { openHttpClient } from './open-http-client.js'
export * from './searchers/index.js'
export * from './torrents/index.js'
