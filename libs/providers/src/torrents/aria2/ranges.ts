/** aria2 counts from 1: {0, 1, 2, 6} becomes `1-3,7`. */
export function ranges(indexes: Iterable<number>): string {
  const spans: [number, number][] = []
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const open = spans.at(-1)
    if (open && open[1] === index) open[1] = index + 1
    else spans.push([index + 1, index + 1])
  }
  return spans.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(',')
}
