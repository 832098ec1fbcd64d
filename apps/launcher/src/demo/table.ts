/** Columns as wide as their widest cell. */
export function table(head: string[], rows: string[][]): string {
  const lines = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)))
  const format = (line: string[]) => `  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd()
  return [format(head), `  ${widths.map((width) => '-'.repeat(width)).join('  ')}`, ...rows.map(format)].join('\n')
}
