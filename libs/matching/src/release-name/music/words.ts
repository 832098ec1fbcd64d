import { LANGUAGES } from '../tables/languages.js'
import type { Tag } from './tag.js'

/** Words of release names and what they state: value, then the words for it; `box_set` is a pair of words. Every table grows by rows. */
type Rows = [value: string, words: string][]

const FORMATS: Rows = [
  ['flac', 'flac flacs'],
  ['mp3', 'mp3 mp3s mp3cd'],
  ['aac', 'aac m4a m4b heaac'],
  ['alac', 'alac'],
  ['wav', 'wav lpcm pcm'],
  ['wavpack', 'wavpack wv'],
  ['ogg', 'ogg vorbis oga'],
  ['wma', 'wma'],
  ['dsd', 'dsf dff dsd dst dsdiff'],
  ['mpc', 'mpc musepack'],
  ['ape', "monkey's_audio monkeys_audio"],
  ['tta', 'tta'],
  ['tak', 'tak'],
  ['ac3', 'ac3'],
  ['dts', 'dts'],
]

const SOFT_FORMATS: Rows = [
  ['ape', 'ape'],
  ['opus', 'opus'],
  ['mp3', 'lame'],
  ['wav', 'wave'],
]

const SOURCES: Rows = [
  [
    'cd',
    'cd cd_r shm_cd cd_rip cds cdr cdm cda cdda cdep cdrep cdrip mcd ccd dcd xcd hdcd hqcd xrcd xrcd2 xrcd24 k2hd mp3cd cdsingle cdmaxi maxicd promocd',
  ],
  ['vinyl', 'vinyl vinyls lp vls vinylrip lprip needledrop'],
  [
    'web',
    'web dl web_dl web_rip itunes_plus webrip webdl webflac websingle webep itunes qobuz tidal deezer bandcamp beatport junodownload hdtracks mora',
  ],
  ['sacd', 'sacd sacd_r sacdr sacdrip'],
  ['cassette', 'cassette tape k7 mc cassettes'],
  ['dvd', 'dvd dvd_a dvd_audio dvd_r dvda dvdr dvdaudio dvdrip mdvdr'],
  ['bluray', 'bluray blu_ray bd bda bdrip mbluray blurayaudio'],
  ['radio', 'fm dab cable siriusxm radio webcast'],
  ['tv', 'dvbs dvbc dvbt dvb hdtv dsr sat satrip'],
]

/** Sources that are common words of album names: they end none. */
const SOURCES_IN_NAMES = new Set('lp mc dl tape cassette cassettes radio cable tidal mora fm'.split(' '))

const EDITIONS: Rows = [
  ['super deluxe', 'super_deluxe'],
  ['deluxe', 'deluxe super_deluxe'],
  ['expanded', 'expanded'],
  ['extended', 'extended'],
  ['limited', 'limited ltd lim'],
  ['special', 'special'],
  ['standard', 'standard'],
  ['legacy', 'legacy'],
  ['collector', 'collector collectors'],
  ['anniversary', 'anniversary'],
  ['remastered', 'remaster remastered remasters remasterd'],
  ['reissue', 'reissue reissued rerelease reedition'],
  ['bonus', 'bonus'],
  ['mono', 'mono'],
  ['stereo', 'stereo'],
  ['multichannel', 'quad quadraphonic multichannel surround'],
  ['explicit', 'explicit'],
  ['clean', 'clean censored'],
  ['promo', 'promo promotional whitelabel'],
  ['advance', 'advance adv'],
  ['digipak', 'digipak digipack'],
  ['boxset', 'boxset box_set'],
  ['enhanced', 'enhanced'],
  ['shm', 'shmcd shm'],
  ['gold', 'gold'],
  ['mfsl', 'mfsl mofi'],
  ['japan', 'japan jap japanese jpn'],
  ['uk', 'uk'],
  ['us', 'us usa'],
  ['eu', 'eu europe european'],
  ['import', 'import'],
]

const KINDS: Rows = [
  ['single', 'single singles cds cdm vls mcd maxi cdsingle websingle maxisingle'],
  ['ep', 'ep cdep webep'],
  ['album', 'album lp studio mini_album studio_album'],
  ['live', 'live concert unplugged live_album concert_recording'],
  ['compilation', 'compilation compilations sampler anthology'],
  ['soundtrack', 'original_soundtrack original_score motion_picture original_motion ost soundtrack soundtracks bso score'],
  ['bootleg', 'bootleg bootlegs unofficial soundboard sbd aud'],
  ['mixtape', 'mixtape'],
  ['demo', 'demo demos'],
  ['remix', 'remix remixes remixed'],
  ['mix', 'dj_mix djmix'],
  ['interview', 'interview'],
  ['audiobook', 'audiobook abook hoerbuch'],
  ['split', 'split'],
  ['instrumental', 'instrumental instrumentals'],
]

/** Country codes that stand for languages with music; all else is in the table that films share. */
const COUNTRIES: Rows = [
  ['sv', 'se'],
  ['zh', 'tw'],
  ['he', 'il'],
]

const PROPER = 'proper'
const REPACK = 'repack rerip'
const DISCOGRAPHY =
  'discography discografia discographie diskographie diskografie diskografia discografía дискография ' +
  'studio_albums complete_albums all_albums complete_works albums_collection album_collection complete_discography'

/** Words about how it was made, which state nothing that is kept; behind a name they end it beside other tags. */
const TECHNICAL =
  'lossless lossy cbr vbr abr hq hires hi_res log cue logs cues scans eac xld rip ripped press pressing 分轨 整轨 无损 無損 ' +
  'x264 x265 h264 h265 xvid svcd vcd ntsc 2160p 1080p 1080i 720p 480p'

/** Words that state nothing that is kept, but are no names either. */
const NOTHING =
  'kbps kbit kbits khz hz bit bits bitrate scan covers cover art artwork booklet image tracks track retail digital download edition editions version ed rips int ' +
  'internal nfo readnfo dirfix nfofix tagfix trackfix coverfix id3fix read_nfo audio complete full disc disk discs disks cds lps set box torrent proof ' +
  'stream line songs free lame320 completa completo integrale intégrale aps apx iso mqa white_label test_press test_pressing plus unmixed scene freeleech gram 180g 180gram 200g'

export const TAG_WORDS = tagWords()

function tagWords(): ReadonlyMap<string, Tag[]> {
  const words = new Map<string, Tag[]>()
  const add = (list: string, tag: Tag) => {
    for (const word of list.split(' ')) words.set(word, [...(words.get(word) ?? []), tag])
  }
  for (const [value, list] of FORMATS) add(list, { field: 'format', value })
  for (const [value, list] of SOFT_FORMATS) add(list, { field: 'format', value, soft: true })
  for (const [value, list] of SOURCES) {
    for (const word of list.split(' ')) add(word, { field: 'source', value, soft: SOURCES_IN_NAMES.has(word) })
  }
  for (const [value, list] of EDITIONS) add(list, { field: 'edition', value })
  for (const [value, list] of KINDS) add(list, { field: 'kind', value })
  add(PROPER, { field: 'proper', value: 1 })
  add(REPACK, { field: 'repack', value: 1 })
  add(DISCOGRAPHY, { field: 'discography', value: 1 })
  add(TECHNICAL, { field: 'nothing', value: 'technical' })
  add(NOTHING, { field: 'nothing', value: 0 })
  for (const [value, list] of [...COUNTRIES, ...languageWords()]) {
    const free = list.split(' ').filter((word) => !words.has(word))
    for (const word of free) add(word, { field: 'language', value, soft: word.length === 2 })
  }
  return words
}

/** Names of languages and codes of two letters; longer short forms are too often words of albums. What has a meaning with music keeps it. */
function languageWords(): Rows {
  return LANGUAGES.map(({ value, touching = '', after = '' }) => {
    const words = [...touching.split(', '), ...after.split(', ')].filter((word) => /^\p{L}+$/u.test(word) && word.length !== 3)
    return [value, [...new Set(words)].join(' ')]
  })
}

export function isSourceInNames(word: string): boolean {
  return SOURCES_IN_NAMES.has(word)
}
