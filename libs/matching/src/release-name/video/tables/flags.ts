import type { Row } from './row.js'

export type Flag = 'proper' | 'repack' | 'complete' | 'subtitles'

export const FLAGS: Row<Flag>[] = [
  { value: 'proper', anywhere: 'real proper, real real proper, proper v2, proper2', touching: 'proper, real proper repack' },
  { value: 'repack', anywhere: 'repack, repack2, repack3, rerip, real repack, re rip' },
  {
    value: 'complete',
    anywhere:
      'complete series, complete season, complete seasons, full series, the complete series, the complete seasons, the complete season, tv pack, temporada completa, season pack, complete collection, integrale',
    touching: 'complete, all seasons, completa, batch, the complete, complet, intégrale, mini series, miniseries, tv mini series',
  },
  {
    value: 'subtitles',
    anywhere:
      'esub, esubs, eng subs, eng sub, multi sub, multi subs, msub, msubs, nordicsubs, custom subbed, german subbed, german sub, softsubs, softsub, hardsub, hardsubs, nlsub, hebsub, subpack, engsub, multiple subtitle, sub ita, hebsubs, english subbed, fastsub, swesub, nlsubs',
    touching: 'subbed, sub, subs, subtitle, subtitles, hc, hardcoded, custom subs, sub esp, vost, subtitulado, korsub, korsubs',
  },
]
