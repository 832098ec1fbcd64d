import type { Given } from '@torrentino/providers'
import type { GivenBack, StoredTorrent } from '@torrentino/store'

type Demand = Partial<Pick<StoredTorrent, 'minRatio' | 'minSeedTimeSecs'>>

/** The strictest of what the indexers ask. */
export function demandOf(...demands: Demand[]): Given {
  return {
    ratio: Math.max(0, ...demands.map(({ minRatio }) => minRatio ?? 0)),
    secs: Math.max(0, ...demands.map(({ minSeedTimeSecs }) => minSeedTimeSecs ?? 0)),
  }
}

export function givenBack(infoHash: string, { ratio, secs }: Given): GivenBack {
  return { infoHash, ratio, seededSecs: Math.floor(secs) }
}
