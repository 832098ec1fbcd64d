export * from './searchers/index.js'
