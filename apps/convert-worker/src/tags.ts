import type { TicketRequest, TrackItem } from '@torrentino/domain'
import type { AudioTags } from '@torrentino/media'

/** What stands for the album comes from the ticket's tags or its search; what stands for the track from the track. */
export function tagsFor({ search, tracks, metadata_to_embed: embed }: TicketRequest, track: TrackItem): AudioTags {
  const onDisc = tracks.filter((other) => other.disc_number === track.disc_number)
  const discs = Math.max(...tracks.map((other) => other.disc_number))
  const artist = embed.artist ?? search.artist
  return {
    title: track.name,
    artist,
    album: embed.album ?? search.album,
    albumArtist: embed.album_artist ?? artist,
    track: track.track_number,
    trackTotal: Math.max(onDisc.length, track.track_number),
    disc: track.disc_number,
    discTotal: discs,
    year: embed.year ?? search.year,
    genre: embed.genre,
  }
}
