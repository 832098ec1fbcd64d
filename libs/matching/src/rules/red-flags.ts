import { plainText } from '../text/plain-text.js'
import { filesVouch } from './files-vouch.js'
import type { Evidence, Verdict } from './rule.js'

/** Flags from here down speak of other performers. */
const BY_OTHERS = -0.4

interface Flag {
  code: string
  points: number
  pattern: RegExp
  says: string
  /** Looked for before year and format only: behind them, covers are pictures. */
  inName?: true
  /** Only where more tracks than that are wanted, and no file list shows that they are there. */
  ofFewTracks?: number
}

/** Grows by rows. What the ticket itself asks for in its names is no flag. */
const FLAGS: Flag[] = [
  { code: 'karaoke', points: -0.6, pattern: /\bkaraoke\b|\bbacking tracks?\b|караоке|カラオケ|노래방/, says: 'karaoke' },
  {
    code: 'tribute',
    points: -0.6,
    pattern:
      /\btributes?\b|\bin the style of\b|\b(?:made famous|originally performed|as performed) by\b|\b(?:8 bit|lullaby|string quartet|piano) (?:version|rendition|tribute)s?\b|трибьют/,
    says: 'a tribute by others',
  },
  {
    code: 'cover',
    points: -0.5,
    pattern: /(?<!\b(?:and|with|plus|incl|including) )\bcovers?\b(?! (?:art|artwork|scans?|booklet|pictures?))/,
    says: 'cover versions',
    inName: true,
  },
  { code: 'cover', points: -0.5, pattern: /\bcover versions?\b|\bcovered by\b|\bcovers of\b/, says: 'cover versions' },
  {
    code: 'compilation',
    points: -0.3,
    pattern:
      /\b(?:greatest hits|best of|very best|essentials?|anthology|compilation|hits|singles|grandes exitos|lo mejor de|das beste|il meglio)\b|сборник|лучшие песни|ベスト/,
    says: 'a compilation',
  },
  { code: 'instrumental', points: -0.25, pattern: /\binstrumentals?\b/, says: 'instrumental versions' },
  { code: 'remix', points: -0.25, pattern: /\bremix(?:es|ed)?\b|\brmx\b|\bmash ?ups?\b/, says: 'remixes' },
  {
    code: 'live',
    points: -0.25,
    pattern:
      /\blive\b|\bbootleg\b|\b(?:in )?concert\b|\bunplugged\b|\bsessions?\b|\bsoundboard\b|\bmtv\b|\ben (?:vivo|directo)\b|\bao vivo\b|\bdal vivo\b|концерт|ライブ/,
    says: 'a live recording',
  },
  { code: 'demo', points: -0.25, pattern: /\bdemos?\b|\bouttakes\b|\brehearsals?\b|\bsampler\b/, says: 'demos or samples' },
  { code: 'acoustic', points: -0.25, pattern: /\bacoustic\b/, says: 'acoustic versions' },
  { code: 'remaster', points: -0.015, pattern: /\bremaster(?:ed|s)?\b/, says: 'a remaster' },
  { code: 'deluxe', points: -0.03, pattern: /\b(?:deluxe|expanded|anniversary|special edition|super)\b/, says: 'an extended edition' },
  {
    code: 'recorded_anew',
    points: -0.25,
    pattern: /\bre ?record(?:ed|ings?)\b|\b(?!bonus |lossless )\p{L}{3,}s version\b/u,
    says: 'a later recording of the same songs',
  },
  {
    code: 'altered',
    points: -0.4,
    pattern: /\b(?:nightcore|daycore|slowed|sped up|8d audio|chopped (?:and )?screwed)\b/,
    says: 'altered music',
  },
  { code: 'talk', points: -0.4, pattern: /\b(?:interviews?|commentary|podcast|documentary)\b/, says: 'talk about the music' },
  {
    code: 'material',
    points: -0.5,
    pattern: /\b(?:multitracks?|stems|midi|sheet music|guitar tabs?|songbook|guitar lessons?|sample pack|ringtones?|drum ?kit)\b/,
    says: 'material for musicians',
  },
  { code: 'mix', points: -0.25, pattern: /\b(?:mega ?mix|mixtape|dj mix|mixed by|continuous mix|non ?stop)\b/, says: 'a mix' },
  { code: 'incomplete', points: -0.2, pattern: /\b(?:incomplete|missing tracks?|partial)\b/, says: 'an incomplete set' },
  {
    code: 'bonus_disc',
    points: -0.1,
    pattern: /(?<!\b(?:and|with|incl|including|plus) )\bbonus (?:disc|cd)\b/,
    says: 'the bonus disc alone',
  },
  {
    code: 'language',
    points: -0.2,
    pattern: /\b(?:english|spanish|french|german|italian|portuguese|russian|japanese|korean|chinese|mandarin) version\b/,
    says: 'sung in another language',
  },
  { code: 'single', points: -0.2, pattern: /\b(?:single|cds|cdm|vls|maxi|(?:7|12) ?(?:inch|in))\b/, says: 'a single', ofFewTracks: 4 },
  { code: 'ep', points: -0.2, pattern: /\bep\b|\be p\b/, says: 'an EP', ofFewTracks: 6 },
]

const BEHIND_THE_NAME = / (?=(?:(?:19|20)\d\d|flac|mp3|aac|alac|ape|wav|lossless|web|vinyl|320|v0)\b)/

const NOT_MUSIC =
  /\b(?:2160p|1080[pi]|720p|480p|x26[45]|h ?26[45]|hevc|xvid|divx|hdtv|web ?rip x|bdrip|brrip|dvdrip|s\d{2} ?e\d{2}|epub|mobi|azw3|pdf|audiobooks?|apk|repack by|crack(?:ed)?|keygen)\b/

export function redFlagRules(evidence: Evidence): Verdict[] {
  const { request, title, files } = evidence
  const tracks = request.tracks.map((track) => plainText(track.name))
  const release = plainText(`${request.search.artist} ${request.search.album ?? ''}`)
  // One song that is called "Live Forever" asks for no concert.
  const asksFor = (pattern: RegExp) => pattern.test(release) || 2 * tracks.filter((name) => pattern.test(name)).length >= tracks.length
  const named = title.plain.split(BEHIND_THE_NAME)[0] ?? ''
  if (NOT_MUSIC.test(title.plain) && !asksFor(NOT_MUSIC))
    return [{ code: 'not_music', points: -1, text: 'it is a video, a book or a program', reject: true }]
  const wanted = request.tracks.filter((track) => track.requested).length
  const complete = files?.unmapped.length === 0
  // What else a collection holds says nothing about the album whose files were found in it.
  const collected = title.discography && filesVouch(evidence) > 0
  const seen = new Set<string>()
  return FLAGS.flatMap(({ code, points, pattern, says, inName, ofFewTracks }) => {
    if (seen.has(code) || (ofFewTracks !== undefined && (complete || wanted <= ofFewTracks))) return []
    if (!pattern.test(inName ? named : title.plain) || asksFor(pattern)) return []
    if (collected && points > BY_OTHERS) return []
    seen.add(code)
    return { code, points, text: `it looks like ${says}, which was not asked for` }
  })
}
