export interface Row {
  name: string
  ours: number
  bare: number
  /** What the ratio should be. */
  aim?: string
}

export function printTable(rows: Row[]): void {
  const lines = [['measure', 'this system', 'bare peer', 'ratio', 'aim'], ...rows.map(cells)]
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? []
  console.log()
  for (const line of lines) console.log(line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
}

function cells({ name, ours, bare, aim = '' }: Row): string[] {
  return [name, short(ours), short(bare), (ours / bare).toFixed(2), aim]
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1)
}
