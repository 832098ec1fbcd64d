export * from './build-queries.js'
export { nameKey, type ReadName, readTrackNames, searchWords, type WantedNames, wantedNames } from './catalog/track-names.js'
export * from './decide-match.js'
export { discParts } from './files/disc-parts.js'
export { type FileMapping, mapFiles, mapFilesInTurns } from './files/map-files.js'
export { isAudioFile } from './files/read-audio-file.js'
export { FILE_LISTS, type JudgeOptions, judgeCandidates } from './judge.js'
export * from './llm/index.js'
export type { MatchRequest } from './match-request.js'
export { orderCandidates, scoreCandidates } from './order-candidates.js'
export {
  compareMusic,
  DEFAULT_MUSIC_LIMIT,
  isLossless,
  isMusicWithin,
  MUSIC_LIMITS,
  type MusicLimit,
  type MusicQuality,
} from './quality/music.js'
export { compareVideo, DEFAULT_VIDEO_LIMIT, isVideoWithin, type VideoQuality } from './quality/video.js'
export { parseMusicRelease } from './release-name/music/parse-music-release.js'
export type { ParsedMusicRelease, ParsedRelease, Quality, ReleaseSource } from './release-name/parsed-release.js'
export { parseReleaseName } from './release-name/video/parse-release-name.js'
export { scoreCandidate, scoreInTurns } from './score-candidate.js'
export { transliterate } from './text/transliterate.js'
export { decideVideo } from './video/decide-video.js'
export { judgeVideo, scoreVideo } from './video/score-video.js'
export type { EpisodesWish, FilmWish, VideoWish, WantedEpisode } from './video/video-wish.js'
