import type { CoverSource, CoverSourceDeps, CoverWish } from '../cover-source.js'
import { getImage } from '../source-request.js'
import { findRelease } from './find-release.js'

export interface ArchiveConfig {
  archiveUrl: string
  musicBrainzUrl: string
}

const NAME = 'cover_art_archive'
const HOSTS = /(^|\.)(coverartarchive|archive)\.org$/
/** Pixels to a side; the originals may be scans of tens of MB. */
const SIZE = 1200

/** The Cover Art Archive, by MusicBrainz's id of the release, else of its group; without an id, MusicBrainz is asked for one. */
export function createCoverArtArchive({ archiveUrl, musicBrainzUrl }: ArchiveConfig, deps: CoverSourceDeps): CoverSource {
  async function image(kind: 'release' | 'release-group', id: string | undefined, side: CoverWish['side'], signal: AbortSignal) {
    if (id === undefined) return null
    return getImage(`${archiveUrl}/${kind}/${id}/${side}-${SIZE}`, HOSTS, { source: NAME, signal }, deps)
  }
  return {
    name: NAME,
    async find(wish, signal) {
      const given = { release: wish.musicBrainzRelease, group: wish.musicBrainzReleaseGroup }
      const known = given.release !== undefined || given.group !== undefined
      const { release, group } = known ? given : await findRelease(musicBrainzUrl, wish, signal, deps)
      const bytes = (await image('release', release, wish.side, signal)) ?? (await ofGroup(group, wish, signal))
      return bytes && { source: NAME, bytes }
    },
  }

  /** Groups have a front only. */
  function ofGroup(group: string | undefined, { side }: CoverWish, signal: AbortSignal) {
    return side === 'front' ? image('release-group', group, side, signal) : null
  }
}
