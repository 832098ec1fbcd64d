import { section } from '../section.js'
import { decimal, flag, integer } from '../setting.js'

export const cacheWarmer = section(
  {
    enabled: flag({
      about:
        'Load into the catalog, while no ticket needs the places, what tickets asked for and nothing there has; needs a storage budget',
      fallback: false,
    }),
    scan_interval_hours: decimal({ about: 'How often artists are looked for anew', min: 0.0001, max: 8760, fallback: 24 }),
    max_concurrent_downloads: integer({ about: 'Artists that are looked after at once', min: 1, max: 100, fallback: 1 }),
    storage_budget_gb: decimal({
      about: 'What the cache warmer has loaded may take this much altogether',
      min: 0,
      max: 1_000_000,
      fallback: 0,
    }),
    min_artist_popularity: integer({
      about: 'An artist is loaded when so many tickets asked for one within the window',
      min: 1,
      max: 1_000_000,
      fallback: 2,
    }),
    window_days: decimal({ about: 'How far back tickets are counted', min: 0.001, max: 3650, fallback: 90 }),
    pause_days: decimal({ about: 'An artist is not tried again for this long, whatever came of it', min: 0, max: 3650, fallback: 30 }),
  },
  ({ enabled, storage_budget_gb }, complain) => {
    if (enabled && storage_budget_gb === 0) complain('storage_budget_gb', 'must be more than 0 when cache_warmer.enabled is true')
  },
)
