/** Endings of files; a name may carry several. */
export const EXTENSIONS = new Set(
  'mkv mp4 avi m4v mov wmv mpg mpeg ts m2ts mts vob iso img flv webm ogm ogv divx rm rmvb asf 3gp mk3d strm srt sub idx ass ssa sup vtt smi nfo txt jpg png nzb torrent rar zip 7z par2 sfv'.split(
    ' ',
  ),
)
