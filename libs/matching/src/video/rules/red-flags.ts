import type { Verdict } from '../../rules/rule.js'
import { plainText } from '../../text/plain-text.js'
import type { VideoEvidence } from '../evidence.js'
import { titlesOf } from '../video-wish.js'

interface Flag {
  code: string
  points: number
  pattern: RegExp
  says: string
}

/** Grows by rows. What the title that is wanted says itself is no flag. */
const FLAGS: Flag[] = [
  { code: 'sample', points: -0.6, pattern: /\bsample\b/, says: 'a sample' },
  { code: 'trailer', points: -0.7, pattern: /\b(?:trailers?|teasers?|promo|preview|sneak peek|recap)\b/, says: 'a trailer or the like' },
  {
    code: 'soundtrack',
    points: -0.8,
    pattern: /\b(?:soundtrack|ost|original score|motion picture score|music from)\b/,
    says: 'its music',
  },
  {
    code: 'extras',
    points: -0.5,
    pattern:
      /\b(?<!with )(?<!incl )(?<!including )(?<!and )(?<!plus )(?:extras|featurettes?|bonus (?:dis[ck]|features|material)|deleted scenes|behind the scenes|making of|bloopers|interviews)\b/,
    says: 'extras without the main thing',
  },
  {
    code: 'hardsub',
    points: -0.2,
    pattern: /\b(?:hc|hard ?subs?|hard ?subbed|hardcoded|korsub)\b/,
    says: 'a copy with subtitles in the picture',
  },
  { code: 'other_format', points: -0.2, pattern: /\b(?:3d|h ?sbs|half sbs|half ou|h ?ou)\b/, says: 'in 3D' },
  {
    code: 'fan_edit',
    points: -0.4,
    pattern: /\b(?:fan ?edit(?:ed)?|abridged|rifftrax|reaction|parody|xxx)\b/,
    says: 'something made of it by others',
  },
  { code: 'upscale', points: -0.1, pattern: /\b(?:upscaled?|ai enhanced|ai upscale)\b/, says: 'blown up from less' },
  {
    code: 'not_video',
    points: -1,
    pattern:
      /\b(?:epub|mobi|azw3|pdf|cbr|cbz|comics?|audiobook|m4b|apk|fitgirl|dodi|codex|skidrow|ps[345]|xbox|nsw|switch nsp|gog|steam ?rip|repack by|subtitles? only|wallpapers?)\b/,
    says: 'a book, a game or something else that is no video',
  },
]

/** A format of music is that of the sound where a picture is told too. */
const MUSIC = /\b(?:flac|mp3|320 ?kbps|lossless|24 ?bit 96 ?khz)\b/

export function videoRedFlags(evidence: VideoEvidence): Verdict[] {
  const { release } = evidence
  const pictured = release.quality !== undefined || release.codec !== undefined || release.source !== undefined
  const music = !pictured && MUSIC.test(plainText(evidence.candidate.title))
  return [...flagsOf(evidence), ...(music ? [{ code: 'soundtrack', points: -0.8, text: 'it looks like music' }] : [])]
}

function flagsOf({ wish, candidate }: VideoEvidence): Verdict[] {
  const text = plainText(candidate.title.replaceAll('+', ' plus '))
  const asked = plainText(titlesOf(wish).join(' '))
  return FLAGS.filter(({ pattern }) => pattern.test(text) && !pattern.test(asked)).map(({ code, points, says }) => ({
    code,
    points,
    text: `it looks like ${says}`,
    ...(points <= -1 ? { reject: true as const } : {}),
  }))
}
