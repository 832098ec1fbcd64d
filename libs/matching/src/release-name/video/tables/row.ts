/**
 * Where a phrase may stand to be believed: `anywhere` ends the title wherever it appears, `touching` belongs to the title unless a
 * surer tag stands right beside it, `after` is read only behind the title.
 */
export type Belief = 'anywhere' | 'touching' | 'after'

/** What a phrase says about `field`; a blank in a phrase stands for any separator or for none. */
export interface Row<Value extends string = string> {
  value: Value
  anywhere?: string
  touching?: string
  after?: string
}

/** Fields of a release that are told by fixed phrases. */
export type TagField = 'source' | 'quality' | 'codec' | 'audio' | 'hdr' | 'depth' | 'edition' | 'language' | 'flag' | 'noise'
