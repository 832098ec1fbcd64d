export { configuredCovers } from './configured.js'
export type { CoverFinder } from './cover-finder.js'
export type { CoverWish, FoundImage, ImageCache } from './cover-source.js'
