import type { Quality } from '../../parsed-release.js'
import type { Row } from './row.js'

/** Names of a resolution, marked with ~ because one in figures outranks them; those are read by their form. */
export const QUALITIES: Row<Quality | `~${Quality}`>[] = [
  { value: '~4320p', touching: '8k' },
  {
    value: '~2160p',
    anywhere:
      'uhd, complete uhd bluray, uhd bluray, uhd bluray remux, uhd bdrip, uhd rip, uhd remux, uhdremux, uhdbd, uhd bd, uhd web, web uhd, uhd webrip, uhd webdl, uhd bdremux, uhdtv, ultra hd bluray, ultrahd bluray, ultra hd blu ray, ultra hd, ultrahd, 4k uhd, uhd 4k, 4kultrahd, 4k ultra hd',
    touching: '4k',
  },
  { value: '~1440p', anywhere: 'qhd', touching: '2k, 2k qhd' },
  { value: '~1080p', anywhere: 'full hd, fullhd, fhd, 1o8op, 1o8o, m1080p, bd1080, 1080hd', after: '1080' },
  { value: '~720p', anywhere: '720hd, hd720, m720p', after: '720' },
  { value: '~480p', after: '480' },
]
