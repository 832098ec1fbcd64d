import { z } from 'zod'
import { destPath, findPathClash } from './paths.js'
import { externalId, text } from './text.js'

export const AUDIO_FORMATS = ['ogg_vorbis', 'opus', 'mp3', 'aac', 'alac', 'flac', 'wav', 'original'] as const
export const AudioFormat = z.enum(AUDIO_FORMATS)
export type AudioFormat = z.infer<typeof AudioFormat>

export const PRIORITIES = { urgent: 1, user: 2, background: 3 } as const
const Priority = z
  .union([z.literal([1, 2, 3]), z.enum(['urgent', 'user', 'background'])])
  .transform((value): 1 | 2 | 3 => (typeof value === 'number' ? value : PRIORITIES[value]))

const Year = z.int().min(1000).max(9999)

export const SearchWish = z
  .strictObject({
    artist: text(500),
    album: text(500).optional(),
    year: Year.optional(),
    label: text(200).optional(),
    genres: z.array(text(100)).max(50).default([]),
  })
  .meta({ id: 'SearchWish' })
export type SearchWish = z.infer<typeof SearchWish>

const musicBrainzId = z.uuid().toLowerCase()
const musicBrainzIds = z.array(musicBrainzId).max(50)
const names = z.array(text(500)).max(50)

export const TrackItem = z
  .strictObject({
    catalog_track_id: externalId,
    disc_number: z.int().min(1).max(200).default(1),
    track_number: z.int().min(1).max(2000),
    name: text(500),
    duration_secs: z.number().positive().max(172_800).optional(),
    dest_path: destPath,
    requested: z.boolean().default(true),
    // Where they differ from the album's, as on a compilation.
    artist: text(500).optional(),
    artists: names.optional(),
    musicbrainz_recording_id: musicBrainzId.optional(),
    musicbrainz_track_id: musicBrainzId.optional(),
    musicbrainz_artist_ids: musicBrainzIds.optional(),
  })
  .meta({ id: 'TrackItem' })
export type TrackItem = z.infer<typeof TrackItem>

export const ImageItem = z
  .strictObject({
    catalog_image_id: externalId,
    type: z.enum(['cover_front', 'cover_back', 'artist', 'other']).default('cover_front'),
    dest_path: destPath,
    /** Without it the ticket fails, as it does without a track. */
    required: z.boolean().optional(),
  })
  .meta({ id: 'ImageItem' })
export type ImageItem = z.infer<typeof ImageItem>

export const Constraints = z
  .strictObject({
    format: AudioFormat.default('ogg_vorbis'),
    bitrate_kbps: z.int().min(16).max(1000).optional(),
    vbr: z.enum(['v0', 'v2']).optional(),
    sample_rate_hz: z.literal([8000, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 176400, 192000]).optional(),
    bit_depth: z.literal([16, 24]).optional(),
    channels: z.int().min(1).max(8).optional(),
    embed_metadata: z.boolean().default(true),
    embed_cover: z.boolean().default(true),
    allow_partial: z.boolean().default(false),
  })
  .meta({ id: 'Constraints' })
export type Constraints = z.infer<typeof Constraints>

export const MetadataToEmbed = z
  .strictObject({
    artist: text(500).optional(),
    album: text(500).optional(),
    album_artist: text(500).optional(),
    artists: names.optional(),
    year: Year.optional(),
    genre: text(200).optional(),
    musicbrainz_release_id: musicBrainzId.optional(),
    musicbrainz_release_group_id: musicBrainzId.optional(),
    musicbrainz_artist_ids: musicBrainzIds.optional(),
    musicbrainz_album_artist_ids: musicBrainzIds.optional(),
  })
  .meta({ id: 'MetadataToEmbed' })
export type MetadataToEmbed = z.infer<typeof MetadataToEmbed>

const shape = z.strictObject({
  ticket_id: z.uuid().toLowerCase().optional(),
  content_type: z.literal('music').default('music'),
  dry_run: z.boolean().default(false),
  priority: Priority.default(2),
  linked_tickets: z.array(z.uuid()).max(1000).default([]),
  request_scope: z
    .enum(['full_album', 'individual_tracks', 'tracks'])
    .transform((scope) => (scope === 'tracks' ? 'individual_tracks' : scope))
    .default('full_album'),
  search: SearchWish,
  tracks: z.array(TrackItem).min(1).max(1000),
  images: z.array(ImageItem).max(20).default([]),
  constraints: Constraints.prefault({}),
  metadata_to_embed: MetadataToEmbed.default({}),
  // Consumers send their copy of the whole document; who asked and when is decided here, so these are read and dropped.
  created_at: z.string().max(64).optional(),
  requested_by: z.string().max(256).optional(),
})

/** What a consumer posts. The order of the checks is the order of the fields, each fault names its path. */
export const NewTicket = shape
  .superRefine((ticket, context) => {
    const ids = new Set<string>()
    for (const [index, track] of ticket.tracks.entries()) {
      if (ids.has(track.catalog_track_id))
        context.addIssue({ code: 'custom', path: ['tracks', index, 'catalog_track_id'], message: 'appears twice in this ticket' })
      ids.add(track.catalog_track_id)
    }
    for (const [index, image] of ticket.images.entries()) {
      if (ids.has(image.catalog_image_id))
        context.addIssue({ code: 'custom', path: ['images', index, 'catalog_image_id'], message: 'appears twice in this ticket' })
      ids.add(image.catalog_image_id)
    }
    const { format, vbr, bitrate_kbps } = ticket.constraints
    if (vbr !== undefined && (format !== 'mp3' || bitrate_kbps !== undefined))
      context.addIssue({ code: 'custom', path: ['constraints', 'vbr'], message: 'is for mp3 without bitrate_kbps only' })
    if (!ticket.tracks.some((track) => track.requested))
      context.addIssue({ code: 'custom', path: ['tracks'], message: 'at least one track must be requested' })
    const clash = findPathClash([...ticket.tracks, ...ticket.images].map((item) => item.dest_path))
    if (clash) {
      const path =
        clash.index < ticket.tracks.length
          ? ['tracks', clash.index, 'dest_path']
          : ['images', clash.index - ticket.tracks.length, 'dest_path']
      context.addIssue({
        code: 'custom',
        path,
        message: 'two items of a ticket may not share a destination, nor may one be a folder of another',
      })
    }
  })
  .transform(({ created_at: _created, requested_by: _requester, ...ticket }) => ticket)
  .meta({ id: 'NewTicket' })

export type NewTicket = z.infer<typeof NewTicket>

/** Who files the tickets that fill the catalog. */
export const CACHE_WARMER = 'cache-warmer'

/** `keep_only`: all audio of the torrent is loaded and kept, nothing is converted or placed, and nobody is asked; no caller can wish for it. */
export type TicketRequest = Omit<NewTicket, 'ticket_id'> & { keep_only?: true }
