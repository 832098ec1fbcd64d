import type { Fields } from './manifest.js'

/** Lists whose elements have a key are merged by it; all others are replaced. */
const KEYS: Record<string, string> = {
  containers: 'name',
  ports: 'containerPort',
  volumeMounts: 'mountPath',
  volumes: 'name',
  topologySpreadConstraints: 'topologyKey',
}

/** As Kubernetes lays one description over another: what is new in a list comes first. */
export function merged(below: Fields, above: Fields, name = ''): Fields {
  const key = KEYS[name]
  if (Array.isArray(below) && Array.isArray(above) && key !== undefined) return mergedLists(below, above, key)
  if (!isObject(below) || !isObject(above)) return above
  const names = new Set([...Object.keys(below), ...Object.keys(above)])
  return Object.fromEntries(
    [...names].flatMap((field) => {
      if (!(field in above)) return [[field, below[field]]]
      if (above[field] === null) return []
      return [[field, field in below ? merged(below[field], above[field], field) : above[field]]]
    }),
  )
}

function mergedLists(below: Fields[], above: Fields[], key: string): Fields[] {
  const fresh = above.filter((one) => !below.some((other) => other[key] === one[key]))
  const kept = below.map((one) => {
    const over = above.find((other) => other[key] === one[key])
    return over === undefined ? one : merged(one, over)
  })
  return [...fresh, ...kept]
}

function isObject(value: unknown): value is Record<string, Fields> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export interface Operation {
  op: 'add' | 'replace' | 'test'
  path: string
  value: Fields
}

/** Of JSON Patch what the overlays use. Throws where it does not fit. */
export function patched(below: Fields, operations: readonly Operation[]): Fields {
  const result = structuredClone(below)
  for (const { op, path, value } of operations) {
    const [last = '', ...way] = path.slice(1).split('/').reverse()
    const place = way.reverse().reduce((at: Fields, step) => at?.[step], result)
    if (place === undefined || (op !== 'add' && !(last in place))) throw new Error(`there is no ${path}`)
    if (op !== 'test') place[last] = value
    else if (JSON.stringify(place[last]) !== JSON.stringify(value)) throw new Error(`${path} is not ${JSON.stringify(value)}`)
  }
  return result
}
