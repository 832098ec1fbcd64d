type Edits = [at: number, value: string][]

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** An element with its text, or nothing where there is none. */
export function element(name: string, value: unknown): string {
  return value === undefined ? '' : `<${name}>${escapeXml(String(value))}</${name}>`
}

export function spoilXml(item: string, edits: Edits): string {
  return edits.reduce((text, [at, value]) => {
    const place = at % text.length
    return text.slice(0, place) + value + text.slice(place + 1)
  }, item)
}

export function spoilJson(item: string, edits: Edits): string {
  const fields: Record<string, unknown> = JSON.parse(item)
  const names = Object.keys(fields)
  for (const [at, value] of edits) fields[names[at % names.length] as string] = [value, null, { x: value }, [value], -1, 1e30][at % 6]
  return JSON.stringify(fields)
}
