import { describe, expect, test } from '@jest/globals'
import { audioEncoder, chooseTracks, subtitleEncoder } from './choose-tracks.js'
import { languageOf } from './languages.js'
import type { VideoProfile } from './video-profile.js'

test.each([
  ['eng', 'en'],
  ['en-GB', 'en'],
  ['ENG', 'en'],
  ['ger', 'de'],
  ['deu', 'de'],
  ['pt_BR', 'pt'],
  ['jpn', 'ja'],
  ['und', undefined],
  ['', undefined],
  ['!!', undefined],
  [undefined, undefined],
])('%s is the language %s', (code, language) => {
  expect(languageOf(code)).toBe(language)
})

const PROFILE: VideoProfile = { container: 'mkv', video: 'keep', audio: 'keep' }
const audio = (index: number, language?: string, codec = 'ac3') => ({ index, codec, channels: 2, language, default: index === 1 })
const letters = (index: number, language?: string, codec = 'subrip') => ({
  ...{ index, codec, language, text: codec !== 'hdmv_pgs_subtitle' },
  ...{ default: false, forced: false },
})
const INFO = {
  audio: [audio(1, 'ger'), audio(2, 'eng'), audio(3)],
  subtitles: [letters(4, 'deu'), letters(5, 'eng'), letters(6, 'eng', 'hdmv_pgs_subtitle')],
}

function chosen(profile: Partial<VideoProfile>) {
  const { audio, subtitles, notes } = chooseTracks(INFO, { ...PROFILE, ...profile })
  return { audio: audio.map(({ index }) => index), subtitles: subtitles.map(({ index }) => index), notes: notes.length }
}

test.each<[string, Partial<VideoProfile>, object]>([
  ['all where nothing is said', {}, { audio: [1, 2, 3], subtitles: [4, 5, 6], notes: 0 }],
  ['the languages in their order', { audioLanguages: ['en', 'de'] }, { audio: [2, 1], notes: 0 }],
  ['all sound where nobody speaks it', { audioLanguages: ['fr'] }, { audio: [1, 2, 3], notes: 1 }],
  ['subtitles of a language', { subtitleLanguages: ['de'] }, { subtitles: [4], notes: 0 }],
  ['no subtitles', { subtitleLanguages: [] }, { subtitles: [], notes: 0 }],
  ['none that are drawn in MP4', { container: 'mp4', subtitleLanguages: ['en'] }, { subtitles: [5], notes: 1 }],
])('%s', (_name, profile, expected) => {
  expect(chosen(profile)).toMatchObject(expected)
})

describe('what becomes of a track', () => {
  test.each<[string, Partial<VideoProfile>, string]>([
    ['dts', {}, 'copy'],
    ['dts', { container: 'mp4' }, 'aac'],
    ['ac3', { container: 'mp4' }, 'copy'],
    ['ac3', { audio: 'aac' }, 'aac'],
    ['aac', { audio: 'aac' }, 'copy'],
    ['aac', { audio: 'opus' }, 'libopus'],
  ])('sound in %s with %j: %s', (codec, profile, encoder) => {
    expect(audioEncoder(audio(1, 'eng', codec), { ...PROFILE, ...profile })).toBe(encoder)
  })

  test.each<[string, 'mkv' | 'mp4', string]>([
    ['subrip', 'mkv', 'copy'],
    ['mov_text', 'mkv', 'srt'],
    ['ass', 'mp4', 'mov_text'],
    ['mov_text', 'mp4', 'copy'],
  ])('letters in %s within %s: %s', (codec, container, encoder) => {
    expect(subtitleEncoder(letters(1, 'eng', codec), { ...PROFILE, container })).toBe(encoder)
  })
})
