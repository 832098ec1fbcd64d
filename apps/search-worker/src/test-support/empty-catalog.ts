import type { CatalogDeps } from '../find-in-catalog.js'

/** A system that has fetched nothing yet. */
export const EMPTY_CATALOG: CatalogDeps = {
  catalog: { findCoverage: async () => [], files: async () => [], hold: async () => false, noteWish: async () => {} },
  torrents: { find: async () => null },
  autoApproveThreshold: 0.85,
}
