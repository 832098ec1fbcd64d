const MOST_BYTES = 1e15
/** More peers than that nobody has: such a number says nothing. */
const MOST_PEERS = 10_000_000
const HIGHEST_RATIO = 1000
const LONGEST_SEED_SECS = 10 * 365 * 86_400

/** Numbers as indexers state them, in JSON or as text; undefined for whatever cannot be meant. */
export const statedBytes = (value: unknown) => whole(value, MOST_BYTES)
export const statedPeers = (value: unknown) => whole(value, MOST_PEERS)
export const statedSeedTime = (value: unknown) => whole(value, LONGEST_SEED_SECS)
export const statedRatio = (value: unknown) => within(value, HIGHEST_RATIO)

function whole(value: unknown, most: number): number | undefined {
  const number = within(value, most)
  return number === undefined ? undefined : Math.round(number)
}

function within(value: unknown, most: number): number | undefined {
  const number = typeof value === 'string' && /^\s*\d{1,15}(\.\d{0,15})?\s*$/.test(value) ? Number(value) : value
  return typeof number === 'number' && number >= 0 && number <= most ? number : undefined
}
