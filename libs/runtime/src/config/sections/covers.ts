import { z } from 'zod'
import { section } from '../section.js'
import { decimal, describe, integer, isUrl, list, plainText, secret, text } from '../setting.js'

const url = (about: string, fallback: string) =>
  describe(plainText.refine((value) => isUrl(value, ['http:', 'https:'])).prefault(fallback) as unknown as z.ZodType<string>, {
    about,
    allowed: 'an http:// or https:// address',
    fallback,
  })

export const covers = section(
  {
    sources: list(z.enum(['cover_art_archive', 'discogs']), {
      about:
        'Who outside is asked for covers, in this order: cover_art_archive, discogs; they learn artist and album. Empty = nobody, only what the torrent holds',
      allowed: 'a list of cover_art_archive, discogs',
      fallback: '',
      maxLength: 2,
    }),
    min_side: integer({
      about: 'A cover with fewer pixels to a side is used only where nothing better is found',
      min: 0,
      max: 4096,
      fallback: 500,
    }),
    timeout_secs: decimal({ about: 'Longest search outside for one cover', min: 0.1, max: 300, fallback: 15 }),
    cache_mb: integer({
      about: 'Room for covers from outside, which other tickets of the same album then need not ask for; 0 = none',
      min: 0,
      max: 100_000,
      fallback: 200,
    }),
    contact: text({
      about: 'Address or web page of yours, told to MusicBrainz as it asks of those who use it',
      pattern: /^[\x20-\x7e]{0,200}$/,
      allowed: 'plain letters, at most 200',
      fallback: '',
    }),
    discogs_token: secret({ about: 'Token of a Discogs account (Settings, Developers)', fallback: '' }),
    musicbrainz_url: url('MusicBrainz, or a mirror of it', 'https://musicbrainz.org'),
    archive_url: url('The Cover Art Archive, or a mirror of it', 'https://coverartarchive.org'),
    discogs_url: url('The interface of Discogs', 'https://api.discogs.com'),
  },
  ({ sources, discogs_token }, complain) => {
    if (sources.includes('discogs') && discogs_token === undefined) complain('discogs_token', 'is required when covers.sources has discogs')
  },
)
