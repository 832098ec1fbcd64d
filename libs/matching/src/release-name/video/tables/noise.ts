import type { Row } from './row.js'

/** Words of release names that say nothing about our fields, but are no part of titles and groups. */
export const NOISE: Row[] = [
  {
    value: 'service',
    anywhere:
      'amzn, dsnp, dsny, hmax, atvp, aptv, pcok, pmtp, crav, nbcu, bcore, mnbc, vrv, vudu, jiocinema, sonyliv, sony liv, zee5, wetv, iqiyi, hbo max, dsn+, disney+, b global, hidive, strp, anpl, cinet, hoichoi, bbciplayer, wavve, tving, linetv, abematv',
    touching:
      'nf, hulu, hbo, netflix, amazon, paramount+, pbs, ntv, rte, nhk, animax, at x, bs11, wowow, dcu, all4, iplayer, crunchyroll, funi, bilibili, hotstar, jhs, viu, tubi',
  },
  {
    value: 'channel',
    after:
      'cr, ip, it, as, ma, ae, dp, nick, ds, sp, now, tf1, rtl, svt, nrk, ard, zdf, orf, arte, mycanal, free, dplus, ctv, hist, dscp, tlc, aubc, sbs, fptv, kntr, crkl, epix, iq, cur, nsd, red, max, peacock, paramount, youtube, fox, nbc, abc, cbs, cbc, cnbc, itv, cw, mtv, fx, syfy, mbs, tbs, bbc, bs4, mx, ytv, stan, roku, vice, sho, starz, adn, disney, pstm, mtod, gplay, play, dscr, nat geo',
  },
  {
    value: 'scene',
    anywhere:
      'read nfo, readnfo, nfofix, prooffix, dirfix, samplefix, syncfix, subfix, proof fix, no rars, untouched, dxva, reenc, line dubbed, mic dubbed, ld, md ld, mvc, cbr, vbr, no subs, xxx',
    touching:
      'season, seasons, v2, v3, v4, internal, int, ws, fs, ntsc, pal, dubbed, docu, doku, doc, stv, custom, multisubs, ppv, hq, hc, nordic, retail, complete version, anime, final, convert, qc, vcd, svcd, mvcd, kvcd, esrgan, dubs, dub, open matte, full, hd',
    after:
      'real, vo, r2, om, nfo, dubbing, cd1, cd2, cd3, 1cd, 2cd, 3cd, 2audio, dd, mkv, mp4, avi, ma, sd, raw, end, fixed, fix, updated, mic, weekly, web only, audio, japanese audio, commentary, with commentary, dubbed line, iso, full disc, feed, east coast feed, hdlight, light, extras, extra, bonus, movies, specials, ova, oad, ona, sample, trailer, usa, uk, us, euro, nordic subs, lossless, hqr, line, md, subs only',
  },
]
