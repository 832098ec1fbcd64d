import type { TicketRequest, TrackItem } from '@torrentino/domain'
import type { AudioTags, MusicBrainzIds } from '@torrentino/media'

/** What stands for the album comes from the ticket's tags or its search; what stands for the track from the track. */
export function tagsFor({ search, tracks, metadata_to_embed: embed }: TicketRequest, track: TrackItem): AudioTags {
  const onDisc = tracks.filter((other) => other.disc_number === track.disc_number)
  const discs = Math.max(...tracks.map((other) => other.disc_number))
  const artist = embed.artist ?? search.artist
  return {
    title: track.name,
    artist: track.artist ?? artist,
    // The album's artists are not those of a track that has one of its own.
    artists: track.artists ?? (track.artist === undefined ? embed.artists : undefined),
    album: embed.album ?? search.album,
    albumArtist: embed.album_artist ?? artist,
    track: track.track_number,
    trackTotal: Math.max(onDisc.length, track.track_number),
    disc: track.disc_number,
    discTotal: discs,
    year: embed.year ?? search.year,
    genre: embed.genre,
    musicbrainz: musicBrainzOf(embed, track),
  }
}

function musicBrainzOf(embed: TicketRequest['metadata_to_embed'], track: TrackItem): MusicBrainzIds {
  return {
    recording: track.musicbrainz_recording_id,
    track: track.musicbrainz_track_id,
    release: embed.musicbrainz_release_id,
    releaseGroup: embed.musicbrainz_release_group_id,
    artists: track.musicbrainz_artist_ids ?? (track.artist === undefined ? embed.musicbrainz_artist_ids : undefined),
    albumArtists: embed.musicbrainz_album_artist_ids,
  }
}
