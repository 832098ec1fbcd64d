import { DomainError } from '@torrentino/domain'

/** A list in the order of a moment and an id, continued behind a key or after an offset. */
export interface Listing {
  table: string
  columns: string
  /** The moment and the id, as the indices have them. */
  order: [moment: string, id: string]
  descending: boolean
  /**
   * Whose value is one of these. Each value is read in order by its own index and the results are merged, which looks at no more
   * rows than are shown, whatever the values are; an `any`, or an index in the list's order alone, would filter or sort millions.
   */
  oneOf?: { column: string; values: readonly string[] }
  where: string[]
  limit: number
  offset: number
}

/** Reads one row more than the limit, which tells whether there is a next page. */
export function listingSql(listing: Listing, bind: (value: unknown) => string): string {
  const { table, columns, order, descending, oneOf, where, limit, offset } = listing
  const by = `order by ${order.map((column) => `${column} ${descending ? 'desc' : 'asc'}`).join(', ')}`
  const page = `limit ${bind(limit + 1)} offset ${bind(offset)}`
  if (!oneOf) return `select ${columns} from ${table} ${conditions(where)} ${by} ${page}`
  const most = bind(limit + 1 + offset)
  const parts = oneOf.values.map(
    (value) => `(select ${columns} from ${table} ${conditions([`${oneOf.column} = ${bind(value)}`, ...where])} ${by} limit ${most})`,
  )
  return `select * from (${parts.join(' union all ')}) as found ${by} ${page}`
}

function conditions(where: string[]): string {
  return where.length > 0 ? `where ${where.join(' and ')}` : ''
}

/** Collects the values of a statement and hands out their placeholders. */
export function createBinder(): { values: unknown[]; bind(value: unknown): string } {
  const values: unknown[] = []
  return {
    values,
    bind(value) {
      values.push(value)
      return `$${values.length}`
    },
  }
}

export function encodeKey(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString('base64url')
}

/** A key that this function did not make is refused here, before Postgres stumbles over it. */
export function decodeKey(key: string, idForm: RegExp): { at: string; id: string } {
  const text = Buffer.from(key, 'base64url').toString()
  const [at = '', id = ''] = text.split(' ')
  const known = /^[0-9]{4}-/.test(at) && isMoment(at) && idForm.test(id) && Buffer.from(text).toString('base64url') === key
  if (known) return { at, id }
  throw new DomainError('invalid_request', 'the cursor is not one of ours', {
    errors: [{ path: 'after', message: 'must be the next value of an earlier answer' }],
  })
}

function isMoment(text: string): boolean {
  const date = new Date(text)
  return !Number.isNaN(date.getTime()) && date.toISOString() === text && date.getUTCFullYear() > 0
}
