import type { SearchStageDeps } from '../search-stage.js'

/** A system that has fetched nothing yet, with nobody else at work. */
export const EMPTY_CATALOG: Omit<SearchStageDeps, 'searchers' | 'maxWaitMs'> = {
  catalog: { findCoverage: async () => [], files: async () => [], hold: async () => false, noteWish: async () => {} },
  torrents: { find: async () => null },
  claims: {
    claim: async () => null,
    link: async () => null,
    claimAlone: async () => {},
    release: async () => {},
    primary: async () => null,
  },
  primaries: { await: () => {} },
  autoApproveThreshold: 0.85,
}
