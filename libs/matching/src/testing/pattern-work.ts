/** What patterns had to do. Reading with one counts the characters from where it began to where it ended. */
export interface PatternWork {
  sources: Set<string>
  characters: number
}

/** Every pattern that is tried meanwhile, by whatever method, is counted. */
export function countPatterns(run: (work: PatternWork) => void): PatternWork {
  const work: PatternWork = { sources: new Set(), characters: 0 }
  const exec = RegExp.prototype.exec
  RegExp.prototype.exec = function (text: string) {
    work.sources.add(this.source)
    const from = this.global ? this.lastIndex : 0
    const match = exec.call(this, text)
    const to = this.global && match ? this.lastIndex : text.length
    work.characters += this.sticky ? 1 : to - from
    return match
  }
  try {
    run(work)
  } finally {
    RegExp.prototype.exec = exec
  }
  return work
}

/** How often each alternative of a pattern repeats something without end; infinite where that is a group, which may hold repeats itself. */
export function endlessRepeats(source: string): number {
  const bare = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'c')
  if (/\)(?:[*+]|\{\d+,\})/.test(bare)) return Number.POSITIVE_INFINITY
  return Math.max(...bare.split('|').map((part) => part.match(/[*+]|\{\d+,\}/g)?.length ?? 0))
}
