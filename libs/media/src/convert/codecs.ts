import type { AudioFormat } from '@torrentino/domain'

export interface Codec {
  encoder: string
  /** Named, because the extension of a `.part` tells ffmpeg nothing. */
  muxer: string
  /** How ffprobe calls the result; several where the bit depth decides. */
  probedAs: readonly string[]
  defaultBitrateKbps?: number
  /** Ascending; without it the codec takes any rate. */
  sampleRates?: readonly number[]
  maxChannels: number
  cover: 'stream' | 'comment' | 'none'
  /** Vorbis comments hold totals in fields of their own, ID3 and MP4 as 3/12. */
  totals: 'own_field' | 'slash'
}

const MPEG_RATES = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000]

export const CODECS: Record<AudioFormat, Codec> = {
  ogg_vorbis: {
    encoder: 'libvorbis',
    muxer: 'ogg',
    probedAs: ['vorbis'],
    defaultBitrateKbps: 320,
    sampleRates: [8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 176400, 192000],
    maxChannels: 8,
    cover: 'comment',
    totals: 'own_field',
  },
  opus: {
    encoder: 'libopus',
    muxer: 'ogg',
    probedAs: ['opus'],
    defaultBitrateKbps: 192,
    sampleRates: [48000],
    maxChannels: 8,
    cover: 'comment',
    totals: 'own_field',
  },
  mp3: {
    encoder: 'libmp3lame',
    muxer: 'mp3',
    probedAs: ['mp3'],
    defaultBitrateKbps: 320,
    sampleRates: MPEG_RATES,
    maxChannels: 2,
    cover: 'stream',
    totals: 'slash',
  },
  aac: {
    encoder: 'aac',
    muxer: 'ipod',
    probedAs: ['aac'],
    defaultBitrateKbps: 256,
    sampleRates: [...MPEG_RATES, 64000, 88200, 96000],
    maxChannels: 8,
    cover: 'stream',
    totals: 'slash',
  },
  alac: { encoder: 'alac', muxer: 'ipod', probedAs: ['alac'], maxChannels: 8, cover: 'stream', totals: 'slash' },
  flac: { encoder: 'flac', muxer: 'flac', probedAs: ['flac'], maxChannels: 8, cover: 'stream', totals: 'own_field' },
  wav: { encoder: 'pcm_s16le', muxer: 'wav', probedAs: ['pcm_s16le', 'pcm_s24le'], maxChannels: 8, cover: 'none', totals: 'slash' },
}
