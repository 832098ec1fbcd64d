import { expect, test } from '@jest/globals'
import { factRows, musicFacts } from '../../testing/music-facts.js'

test.each(
  factRows(`
Quiet Harbour - Northern Lines [2001] [Album] - FLAC / Lossless / Log (100%) / Cue / CD / Gold => Quiet Harbour | Northern Lines | year=2001 source=cd audio_format=flac editions=gold kinds=album
Quiet Harbour - Northern Lines [1999] [Live album] - MP3 / V0 (VBR) / Vinyl / Remastered 2004 => Quiet Harbour | Northern Lines | year=1999 source=vinyl audio_format=mp3 bitrate=V0 editions=remastered kinds=live
(Progressive Rock) [CD] Quiet Harbour - Northern Lines - 2004, FLAC (tracks+.cue), lossless => Quiet Harbour | Northern Lines | year=2004 source=cd audio_format=flac
(Heavy Metal) [LP] [24/96] Quiet Harbour - Northern Lines - 1983, FLAC (image+.cue) => Quiet Harbour | Northern Lines | year=1983 source=vinyl audio_format=flac sample_rate=96000 bit_depth=24 kinds=album
(Jazz) Quiet Harbour - Northern Lines - 1974 (2002, Decca, Japan, UICY-9151), MP3 (tracks), 192-320 kbps => Quiet Harbour | Northern Lines | year=1974 audio_format=mp3 bitrate=320 editions=japan
(Pop, Rock) [WEB] Quiet Harbour - Northern Lines - 2020 [24-48], FLAC (tracks), lossless => Quiet Harbour | Northern Lines | year=2020 source=web audio_format=flac sample_rate=48000 bit_depth=24
(Rock) Тихая Гавань (Quiet Harbour) - Дискография (12 альбомов) - 1990-2010, MP3, 128-320 kbps => Тихая Гавань | - | artist_also=Rock year=1990 year_to=2010 audio_format=mp3 bitrate=320 discs=12 discography
[150304] 静かな港 - 北の線 (FLAC 24bit/96kHz) => 静かな港 | 北の線 | year=2015 audio_format=flac sample_rate=96000 bit_depth=24
[2007] Red Lanterns - Paper Boats => Red Lanterns | Paper Boats | year=2007
(2007) Red Lanterns - Paper Boats (FLAC) => Red Lanterns | Paper Boats | year=2007 audio_format=flac
[CD] Red Lanterns - Paper Boats - 2007 (Rock), FLAC (image+.cue), lossless => Red Lanterns | Paper Boats | year=2007 source=cd audio_format=flac
[TR24][OF] Red Lanterns - Paper Boats - 2019 (Indie) => Red Lanterns | Paper Boats | year=2019
[SACD-R][OF] Red Lanterns - Paper Boats - 2004 (Jazz) => Red Lanterns | Paper Boats | year=2004 source=sacd
[LP][24/96] Red Lanterns - Paper Boats (1st press) - 1975 (Rock) => Red Lanterns | Paper Boats | year=1975 source=vinyl sample_rate=96000 bit_depth=24 kinds=album
(Rock/Indie) [2xCD] Red Lanterns - Paper Boats (Live) - 2007, FLAC (tracks+.cue), lossless => Red Lanterns | Paper Boats | year=2007 source=cd audio_format=flac discs=2 kinds=live
(Soundtrack) Paper Boats (by Mia Lund) - 2007, MP3 (tracks), 320 kbps => - | Paper Boats | year=2007 audio_format=mp3 bitrate=320 kinds=soundtrack notes=by Mia Lund
(Score) VA - Paper Boats - 2007, MP3, VBR 192-320 kbps => VA | Paper Boats | year=2007 audio_format=mp3 bitrate=320 kinds=soundtrack
[Rock] Red Lanterns - Paper Boats (2007) => Red Lanterns | Paper Boats | year=2007
[FLAC|Lossless] Red Lanterns - Paper Boats => Red Lanterns | Paper Boats | audio_format=flac
[Nemo] Red Lanterns - Paper Boats [FLAC] => Red Lanterns | Paper Boats | audio_format=flac
Red Lanterns 「Paper Boats」 [Single] (2015) (mp3 + scans) => Red Lanterns | Paper Boats | year=2015 audio_format=mp3 kinds=single
Red Lanterns - Paper Boats (Deluxe) (2018) [Album] [FLAC 24bit Lossless / WEB] => Red Lanterns | Paper Boats (Deluxe) | year=2018 source=web audio_format=flac bit_depth=24 kinds=album
Red Lanterns - Paper Boats [1999] [EP] - MP3 / 320 / CD => Red Lanterns | Paper Boats | year=1999 source=cd audio_format=mp3 bitrate=320 kinds=ep
Red Lanterns - Paper Boats (2018) [Compilation] [Reissue / Remastered / Label / CAT 123] [MP3 V2 (VBR) / Cassette] => Red Lanterns | Paper Boats | year=2018 source=cassette audio_format=mp3 bitrate=V2 editions=reissue,remastered kinds=compilation
Red Lanterns &amp; Friends - Paper Boats (2018) [Single] [AAC 256 / WEB] => Red Lanterns & Friends | Paper Boats | year=2018 source=web audio_format=aac bitrate=256 kinds=single
(Rock) Red Lanterns - 2 albums - 2001, 2004, FLAC (image+.cue), lossless => Red Lanterns | - | year=2001 audio_format=flac discs=2 discography
(Rock) Red Lanterns - Paper Boats [2 CD] - 2001, MP3, 320 kbps => Red Lanterns | Paper Boats | year=2001 source=cd audio_format=mp3 bitrate=320 discs=2
(Rock) [2CD] Red Lanterns - Paper Boats (Deluxe Edition) - 2001 / 2011, FLAC (tracks+.cue), lossless => Red Lanterns | Paper Boats | year=2001 source=cd audio_format=flac discs=2 editions=deluxe
(Rock) Red Lanterns - Paper Boats - 2001 [Label, CAT 123], FLAC (tracks) => Red Lanterns | Paper Boats | year=2001 audio_format=flac
(Саундтрек / Soundtrack) Бумажные кораблики / Paper Boats - 2001, MP3 (tracks), 320 kbps => - | Бумажные кораблики | album_also=Paper Boats year=2001 audio_format=mp3 bitrate=320 kinds=soundtrack notes=Саундтрек / Soundtrack
(Шансон) Красные Фонари - Коллекция (1990-2010) MP3, 192-320 kbps => Красные Фонари | Коллекция | year=1990 year_to=2010 audio_format=mp3 bitrate=320 discography
(Hip-Hop) [DL] Red Lanterns - Paper Boats - 2001 (Label), MP3, 320 kbps => Red Lanterns | Paper Boats | year=2001 source=web audio_format=mp3 bitrate=320
(Classical) [LP] [24/192] Bach - Paper Suites (Mia Lund) - 1965, FLAC (tracks) => Bach | Paper Suites | year=1965 source=vinyl audio_format=flac sample_rate=192000 bit_depth=24 kinds=album notes=Mia Lund
(Post-Rock/Ambient) Red Lanterns - 2001 - Paper Boats, FLAC, lossless => Red Lanterns | Paper Boats | year=2001 audio_format=flac
`),
)('%s', (name, facts) => {
  expect(musicFacts(name)).toBe(facts)
})
