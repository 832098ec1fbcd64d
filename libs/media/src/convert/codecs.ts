import type { AudioFormat } from '@torrentino/domain'
import type { Container } from '../tags/write-tags.js'

/** What can be encoded; `original` is whatever the source is. */
export type EncodedFormat = Exclude<AudioFormat, 'original'>

export interface Codec {
  encoder: string
  /** Named, because the extension of a `.part` tells ffmpeg nothing. */
  muxer: string
  container: Container
  /** How ffprobe calls the result; several where the bit depth decides. */
  probedAs: readonly string[]
  defaultBitrateKbps?: number
  /** Ascending; without it the codec takes any rate. */
  sampleRates?: readonly number[]
  maxChannels: number
}

const MPEG_RATES = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000]

export const CODECS: Record<EncodedFormat, Codec> = {
  ogg_vorbis: {
    encoder: 'libvorbis',
    muxer: 'ogg',
    container: 'ogg',
    probedAs: ['vorbis'],
    defaultBitrateKbps: 320,
    sampleRates: [8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 176400, 192000],
    maxChannels: 8,
  },
  opus: {
    encoder: 'libopus',
    muxer: 'ogg',
    container: 'ogg',
    probedAs: ['opus'],
    defaultBitrateKbps: 192,
    sampleRates: [48000],
    maxChannels: 8,
  },
  mp3: {
    encoder: 'libmp3lame',
    muxer: 'mp3',
    container: 'mp3',
    probedAs: ['mp3'],
    defaultBitrateKbps: 320,
    sampleRates: MPEG_RATES,
    maxChannels: 2,
  },
  aac: {
    encoder: 'aac',
    muxer: 'ipod',
    container: 'mp4',
    probedAs: ['aac'],
    defaultBitrateKbps: 256,
    sampleRates: [...MPEG_RATES, 64000, 88200, 96000],
    maxChannels: 8,
  },
  alac: { encoder: 'alac', muxer: 'ipod', container: 'mp4', probedAs: ['alac'], maxChannels: 8 },
  flac: { encoder: 'flac', muxer: 'flac', container: 'flac', probedAs: ['flac'], maxChannels: 8 },
  wav: { encoder: 'pcm_s16le', muxer: 'wav', container: 'wav', probedAs: ['pcm_s16le', 'pcm_s24le'], maxChannels: 8 },
}

/** The codec that a stream has been encoded with, where it is one of ours. */
export function codecOf(probedCodec: string): Codec | undefined {
  return Object.values(CODECS).find(({ probedAs }) => probedAs.includes(probedCodec))
}

const LOSSLESS = ['flac', 'alac', 'ape', 'wavpack', 'tta', 'tak', 'truehd', 'mlp', 'wmalossless', 'shorten', 'als', 'wavesynth']

export function isLossless(probedCodec: string): boolean {
  return LOSSLESS.includes(probedCodec) || /^(pcm|dsd)_/.test(probedCodec)
}
