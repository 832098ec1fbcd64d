/** The elements by their key, in order. */
export function grouped<K, T>(list: Iterable<T>, keyOf: (element: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const element of list) {
    const key = keyOf(element)
    const members = groups.get(key)
    if (members) members.push(element)
    else groups.set(key, [element])
  }
  return groups
}
