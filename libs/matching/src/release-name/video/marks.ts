import type { TagField } from './tables/row.js'
import type { Line } from './tokens.js'
import type { Meaning } from './vocabulary.js'

/** Tokens `from` up to before `to` say something; with belief `anywhere` they end the title wherever they stand. */
export interface Mark {
  from: number
  to: number
  kind: 'tag' | 'year' | 'number'
  belief: Meaning['belief']
  meanings: { field: TagField; value: string }[]
}

const NO_MEANINGS: Mark['meanings'] = []

/** The mark on each token, where there is one. */
export class Marks {
  private readonly of: (Mark | undefined)[]

  constructor(line: Line) {
    this.of = line.tokens.map(() => undefined)
  }

  at(token: number): Mark | undefined {
    return this.of[token]
  }

  add(mark: Mark): void {
    for (let at = mark.from; at < mark.to; at++) this.of[at] = mark
  }

  addNumber(from: number, to: number): void {
    this.add({ from, to, kind: 'number', belief: 'anywhere', meanings: NO_MEANINGS })
  }

  remove(mark: Mark): void {
    for (let at = mark.from; at < mark.to; at++) this.of[at] = undefined
  }

  free(from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (this.of[at] !== undefined) return false
    return true
  }

  some(test: (mark: Mark) => boolean): boolean {
    return this.of.some((mark) => mark !== undefined && test(mark))
  }

  all(): Mark[] {
    return this.of.filter((mark, at): mark is Mark => mark !== undefined && mark.from === at)
  }
}
