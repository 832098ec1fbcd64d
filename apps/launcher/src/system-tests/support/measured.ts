/** Times are told, not judged: machines differ. */
export function measured(what: string, ms: Record<string, number> | number): void {
  const text = typeof ms === 'number' ? seconds(ms) : Object.entries(ms).map(([name, value]) => `${name} ${seconds(value)}`)
  process.stdout.write(`  measured: ${what}: ${[text].flat().join(', ')}\n`)
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}
