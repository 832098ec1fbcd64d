export * from './test-store.js'
export * from './tickets.js'
