import { setImmediate } from 'node:timers/promises'

/** So many are read before the process turns to its other work. */
const AT_ONCE = 20

/** What can be read of a long list; the rest of it is left out. */
export async function inTurns<T, R>(list: readonly T[], read: (element: T) => R | undefined): Promise<R[]> {
  const found: R[] = []
  for (const [index, element] of list.entries()) {
    if (index % AT_ONCE === 0) await setImmediate()
    const one = read(element)
    if (one !== undefined) found.push(one)
  }
  return found
}
