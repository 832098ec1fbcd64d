/** One fact that a piece of a release name states. */
export interface Tag {
  field:
    | 'format'
    | 'bitrate'
    | 'rate'
    | 'depth'
    | 'source'
    | 'discs'
    | 'year'
    | 'year_to'
    | 'edition'
    | 'kind'
    | 'language'
    | 'proper'
    | 'repack'
    | 'discography'
    | 'nothing'
  value: string | number
  /** A word that also occurs in names: it counts only among other tags. For a source: told by a count of discs. */
  soft?: boolean
}

/** What makes it certain that a name has ended: nobody calls an album so. */
export function isHard(tag: Tag): boolean {
  return !tag.soft && (tag.field === 'format' || tag.field === 'bitrate' || tag.field === 'rate' || tag.field === 'depth')
}

/** Words that belong to the tags where they stand beside one. */
export function isBesideTags(tag: Tag): boolean {
  return tag.value === 'technical' || ['source', 'bitrate', 'discs', 'proper', 'repack'].includes(tag.field)
}
