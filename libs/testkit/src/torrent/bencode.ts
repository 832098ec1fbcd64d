export type Bencodable = number | string | Uint8Array | readonly Bencodable[] | { readonly [key: string]: Bencodable | undefined }

/** Keys are sorted as the format asks; absent values are left out. */
export function encodeBencode(value: Bencodable): Buffer {
  if (typeof value === 'number') return Buffer.from(`i${value}e`)
  if (typeof value === 'string') return encodeBencode(Buffer.from(value))
  if (value instanceof Uint8Array) return Buffer.concat([Buffer.from(`${value.length}:`), value])
  if (isList(value)) return wrap('l', value.map(encodeBencode))
  const entries = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return wrap(
    'd',
    entries.flatMap(([key, entry]) => (entry === undefined ? [] : [encodeBencode(key), encodeBencode(entry)])),
  )
}

function isList(value: Bencodable): value is readonly Bencodable[] {
  return Array.isArray(value)
}

function wrap(letter: string, parts: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(letter), ...parts, Buffer.from('e')])
}
