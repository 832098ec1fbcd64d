import { wordsOf } from '../text/plain-text.js'
import { withoutArticle } from '../title/name-forms.js'
import type { Pair } from './assign.js'
import type { AudioFile } from './read-audio-file.js'

/** More than a number can outweigh: two artists may have a song of one name. */
const NAMED = 0.2

/** In a pack of several artists the files that name the wanted one. Where all of them do, or none, that tells nothing. */
export function favourArtist(pairs: Pair[], audio: AudioFile[], artist: string | undefined): Pair[] {
  const wanted = withoutArticle(wordsOf(artist ?? '')).join(' ')
  if (wanted === '') return pairs
  const inFolder = new Map([...new Set(audio.map(({ group }) => group))].map((group) => [group, folderNames(group, wanted)]))
  const columns = new Set(pairs.map(({ column }) => column))
  const names = new Map(
    [...columns].map((column) => {
      const { group = '', titles = [] } = audio[column] ?? {}
      return [column, inFolder.get(group) === true || contains(titles[0] ?? [], wanted)]
    }),
  )
  const naming = [...names.values()].filter(Boolean).length
  if (naming === 0 || naming === names.size) return pairs
  return pairs.map((pair) => (names.get(pair.column) ? { ...pair, weight: pair.weight + NAMED } : pair))
}

function folderNames(group: string, wanted: string): boolean {
  return group
    .split('/')
    .slice(-2)
    .some((part) => contains(wordsOf(part), wanted))
}

function contains(words: string[], wanted: string): boolean {
  return ` ${words.join(' ')} `.includes(` ${wanted} `)
}
