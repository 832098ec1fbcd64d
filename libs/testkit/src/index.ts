export * from './torznab/index.js'
