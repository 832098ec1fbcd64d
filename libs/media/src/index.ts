export type {
  ConversionJob,
  ConversionMethod,
  ConversionOptions,
  ConversionResult,
  CoverOutcome,
  DiscSpan,
} from './convert/conversion.js'
export { convertAudio } from './convert/convert-audio.js'
export { checkImage, type ImageOptions, type UsableImage } from './covers/check-image.js'
export { extractEmbeddedCover } from './covers/extract-embedded-cover.js'
export { type FindCoverOptions, findCover } from './covers/find-cover.js'
export { type ImageResult, makeImage } from './covers/make-image.js'
export { findSpan, type WantedPart } from './cue/find-span.js'
export { isPlaceAway } from './files/file-errors.js'
export { hashFile } from './files/hash-file.js'
export type { FileAccess } from './place/file-access.js'
export { type FileFacts, type FileSystem, nodeFileSystem } from './place/file-system.js'
export { finishAll } from './place/finish-files.js'
export { resolveInsideRoot } from './place/inside-root.js'
export type { PlacementItem, PlacementJournal, PlacementPlan, PlacementRow, PlacementStatus } from './place/journal.js'
export { type PatientFiles, withPatience } from './place/patient-files.js'
export { type PlacementOptions, placeAll } from './place/place-files.js'
export { PlacementError } from './place/placement-error.js'
export { removeTree } from './place/remove-tree.js'
export { rollbackAll } from './place/roll-back-files.js'
export { createRootGuard, ROOT_MARK, type RootGuard } from './place/root-guard.js'
export { sweepParts } from './place/sweep-parts.js'
export { type FileDigest, verifyFile } from './place/verify-file.js'
export type { AudioInfo, MediaInfo, SoundInfo } from './probe/media-info.js'
export { probeMedia } from './probe/probe-media.js'
export type { ProbeOptions } from './probe/run-ffprobe.js'
export type { AudioTags, MusicBrainzIds } from './tags/audio-tags.js'
export { convertVideo, type VideoJob, type VideoOptions, type VideoResult } from './video/convert-video.js'
export { type ExtractedSubtitles, extractSubtitles } from './video/extract-subtitles.js'
export { makeThumbnail, type ThumbnailWish } from './video/make-thumbnail.js'
export { probeVideo } from './video/probe-video.js'
export type { AudioTrack, SubtitleTrack, VideoInfo, VideoTrack } from './video/video-info.js'
export type { VideoCodec, VideoProfile } from './video/video-profile.js'
