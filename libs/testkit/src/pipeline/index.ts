export * from './tickets.js'
