export * from './build-queries.js'
