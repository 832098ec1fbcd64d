/** What a file holds before it is checked: tables in tables. */
export type Tree = Record<string, unknown>

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

export function getAt(tree: unknown, path: readonly PropertyKey[]): unknown {
  let value = tree
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

/** Puts the value in; where something else than a table is in the way, that stays and is reported by the schema. */
export function setAt(tree: Tree, path: readonly string[], value: unknown): void {
  let table = tree
  for (const key of path.slice(0, -1)) {
    if (!Object.hasOwn(table, key)) table[key] = {}
    const next = table[key]
    if (!isTree(next)) return
    table = next
  }
  table[path.at(-1) ?? ''] = value
}

export function removeAt(tree: Tree, path: readonly string[]): void {
  const table = getAt(tree, path.slice(0, -1))
  if (isTree(table)) delete table[path.at(-1) ?? '']
}
