/** Chance that can be had again: the same seed gives the same numbers. */
export interface Random {
  /** From 0 to below 1. */
  next(): number
  /** A whole number below n. */
  below(n: number): number
  between(least: number, most: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  weighted<T extends { weight: number }>(list: readonly T[]): T
  /** Numbers of its own for a part of the run, so that the parts do not disturb each other. */
  part(name: string): Random
}

const TWO_32 = 2 ** 32

export function seeded(seed: number): Random {
  let state = seed >>> 0

  // Mulberry32.
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_32
  }

  const below = (n: number) => Math.floor(next() * n)
  return {
    next,
    below,
    between: (least, most) => least + next() * (most - least),
    chance: (probability) => next() < probability,
    pick: (list) => chosen(list[below(list.length)]),
    weighted(list) {
      let left = next() * list.reduce((sum, { weight }) => sum + weight, 0)
      return chosen(
        list.find(({ weight }) => {
          left -= weight
          return left < 0
        }) ?? list.at(-1),
      )
    },
    part: (name) => seeded([...name].reduce((hash, char) => Math.imul(hash ^ char.charCodeAt(0), 16_777_619), seed ^ 0x811c9dc5)),
  }
}

function chosen<T>(entry: T | undefined): T {
  if (entry === undefined) throw new Error('there is nothing to choose from')
  return entry
}
