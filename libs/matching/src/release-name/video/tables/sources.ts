import type { ReleaseSource } from '../../parsed-release.js'
import type { Row } from './row.js'

/** Phrases are parted by commas. */
export const SOURCES: Row<ReleaseSource>[] = [
  {
    value: 'bluray',
    anywhere:
      'ultra hd bluray, ultrahd bluray, ultra hd blu ray, blu ray, complete bluray, complete uhd bluray, complete full bluray, bluray rip, mbluray, full bluray, bluray remux, uhd bluray, uhd bluray remux, bdrip, bd rip, brrip, br rip, uhd bdrip, uhd rip, bdremux, bd remux, br remux, uhd remux, uhdbd, uhd bd, bdmux, bdripmux, bd25, bd50, bd66, bd100, bd 25, bd 50, bdiso, bdmv, bdr, bd9, bd5, hq bdrip, blurip, bdlight, bluray 3d, bluraydisc, uhd bdremux, bdrip mux, dvdbd',
    touching: 'bd, brip',
  },
  { value: 'hddvd', anywhere: 'hd dvd, hddvdrip, hddvd rip' },
  {
    value: 'webdl',
    anywhere:
      'web dl, webdl hd, web hd, webdlmux, dlmux, web dlmux, web dl mux, amazon hd, disney hd, netflix hd, itunes hd, max hd, amazonwebdl, netflixuhd, uhd webdl, itunes, web dl remux, webdl remux, hdweb dl',
  },
  {
    value: 'webrip',
    anywhere:
      'web rip, webcap, web cap, web dlrip, webdl rip, web dl rip, web mux, web hdrip, webhdrip, webripmux, uhd webrip, webrip mux, vodrip, vod rip',
  },
  { value: 'web', anywhere: 'web uhd, uhd web, webhdtv', touching: 'web' },
  { value: 'hdtv', anywhere: 'hdtv, hdtvrip, hdtv rip, hd tv, ahdtv, uhdtv, hdtvmux, hdtv mux, hdtvremux, hdtv remux, htdv' },
  {
    value: 'tv',
    anywhere:
      'pdtv, pdtvrip, dtv rip, sdtv, tvrip, tv rip, dsr, dsrip, ds rip, satrip, sat rip, dvbrip, dvb rip, dvb s, dvb s2, dvb t, dtvrip, dthrip, dth rip, iptvrip, tvmux, ppvrip, ppv rip, sd tv, digitalrip',
    touching: 'dvb, dth, iptv, rawhd',
    after: 'tv, dtv',
  },
  {
    value: 'dvd',
    anywhere:
      'dvdrip, complete dvd, complete dvdr, complete pal dvdr, complete ntsc dvdr, dvd rip, dvdr, dvd r, dvd5, dvd9, dvd 5, dvd 9, dvd10, dvdremux, dvd remux, dvdmux, dvd mux, mdvdr, 2xdvd9, 2xdvd5, 2xdvd, 3xdvd9, dvdfull, full dvd, ntsc dvd, pal dvd, dvdivx, dvdiso, r2dvd, r1dvd, r2j dvd, dvdrip mux, xvidvd',
    touching: 'dvd, r2j',
  },
  {
    value: 'screener',
    anywhere:
      'dvdscr, dvd scr, dvdscreener, dvd screener, webscr, web scr, bdscr, bd scr, hdscr, dvdscr rip, dvdscrrip, webscreener, bluscr, brscr, br scr, scrrip, vhsscr, dvd scrrip',
    touching: 'screener, scr',
  },
  { value: 'telecine', anywhere: 'telecine, hdtc, hd tc, hdtcrip, hdtc rip, tcrip, tc rip, hd telecine', touching: 'tc, r5, r5rip' },
  {
    value: 'telesync',
    anywhere:
      'telesync, hdts, hd ts, hdtsrip, hdts rip, tsrip, ts rip, pdvd, predvd, pre dvd, predvdrip, pre dvdrip, hqts, hq ts, hd telesync, qhdts, pdvdrip',
    touching: 'ts',
  },
  {
    value: 'cam',
    anywhere: 'camrip, cam rip, hdcam, hd cam, hdcamrip, hdcam rip, hqcam, hq cam, hq s print, hdcamera',
    touching: 'cam',
  },
  { value: 'workprint', anywhere: 'workprint', touching: 'wp' },
  { value: 'vhs', anywhere: 'vhsrip, vhs rip', touching: 'vhs' },
  { value: 'hdrip', anywhere: 'hdrip, hd rip, hq hdrip, microhd, dlrip, uhdrip hd' },
]
