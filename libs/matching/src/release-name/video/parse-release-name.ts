import type { ParsedRelease } from '../parsed-release.js'
import { collectTags, type Tags } from './collect-tags.js'
import { countedBefore } from './counted-before.js'
import { dropDoubtful } from './doubtful-tags.js'
import { type Lead, readLead } from './lead.js'
import { Marks } from './marks.js'
import { bareNumber } from './numbers/bare-numbers.js'
import { lastPair, otherNumber } from './numbers/other-numbers.js'
import { type Numbering, readNumbers, take } from './numbers/read-numbers.js'
import { readGroup } from './read-group.js'
import { markTags } from './read-tags.js'
import { readTitle, type Titles } from './read-title.js'
import { readYear } from './read-year.js'
import { titleEnd } from './title-end.js'
import { type Line, tokenize } from './tokens.js'
import { trimName } from './trim-name.js'

/** What the name of a film, an episode or a pack says. Pure; any text has an answer. */
export function parseReleaseName(name: string): ParsedRelease {
  const line = tokenize(trimName(name))
  const marks = new Marks(line)
  const numbering = readNumbers(line, marks)
  markTags(line, marks)
  const lead = readLead(line, marks)
  const year = readYear(line, marks, afterNumbers(marks, lead.start))
  const start = afterNumbers(marks, addNumber(line, marks, numbering, lead))
  const end = titleEnd(line, marks, start)
  dropDoubtful(line, marks, end)
  const group = readGroup(line, marks, end, lead.group)
  dropGroup(line, marks, group)
  return toRelease(readTitle(line, start, end, marks), numbering, year, collectTags(marks), group)
}

/** A group that is called like a tag says nothing else. */
function dropGroup(line: Line, marks: Marks, group: string | undefined): void {
  const last = marks.at(line.tokens.length - 1)
  if (last && last.belief !== 'anywhere' && line.tokens.at(-1)?.text === group) marks.remove(last)
}

/** Numbers told by their place only. Returns where the title begins. */
function addNumber(line: Line, marks: Marks, numbering: Numbering, { start, grouped }: Lead): number {
  if (numbering.episodes.length > 0) {
    numbering.absolute ??= countedBefore(line, marks, start, grouped)
    return start
  }
  if (numbering.date) return start
  const name = { line, marks, start, grouped }
  const found = lastPair(name) ?? bareNumber(name) ?? (numbering.seasons.length === 0 ? otherNumber(name) : undefined)
  if (found === undefined) return start
  marks.addNumber(found.from, found.fact.to)
  take(numbering, numbering.seasons.length > 0 ? { ...found.fact, absolute: undefined } : found.fact)
  return start
}

/** A name may begin with its numbers; then the title is what follows. */
function afterNumbers(marks: Marks, start: number): number {
  let at = start
  while (marks.at(at)?.kind === 'number' || marks.at(at)?.kind === 'year') at = marks.at(at)?.to ?? at + 1
  return at
}

/** One literal for all names: putting it together from parts took a third of the time. */
function toRelease(titles: Titles, numbering: Numbering, year: number | undefined, tags: Tags, group: string | undefined): ParsedRelease {
  const { seasons, episodes, absolute, date } = numbering
  const { quality, source, codec, bitDepth, audio, hdr, flags, languages, editions } = tags
  return {
    title: titles.title,
    aliases: titles.aliases,
    country: titles.country,
    year: year ?? (date ? Number(date.slice(0, 4)) : seasons.find((number) => number > 1900)),
    season: seasons[0],
    episode: episodes[0],
    seasons,
    episodes,
    absolute,
    date,
    pack: date === undefined && episodes.length === 0 && (seasons.length > 0 || flags.includes('complete')),
    quality,
    source,
    codec,
    audio,
    hdr,
    bit_depth: bitDepth,
    proper: flags.includes('proper'),
    repack: flags.includes('repack'),
    languages,
    editions,
    group,
  }
}
