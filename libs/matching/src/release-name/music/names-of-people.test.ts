import { expect, test } from '@jest/globals'
import { factRows, musicFacts } from '../../testing/music-facts.js'

test.each(
  factRows(`
Quiet Harbour - Northern Lines (2019) [FLAC 24-96] => Quiet Harbour | Northern Lines | year=2019 audio_format=flac sample_rate=96000 bit_depth=24
Тихая Гавань / Quiet Harbour - Северные линии / Northern Lines (1988) [FLAC] => Тихая Гавань | Северные линии | artist_also=Quiet Harbour album_also=Northern Lines year=1988 audio_format=flac
静かな港 - 北の線 [FLAC] => 静かな港 | 北の線 | audio_format=flac
Quiet Harbour - Discography (1990-2014) [FLAC] => Quiet Harbour | - | year=1990 year_to=2014 audio_format=flac discography
Quiet Harbour Discography 1990 - 2014 (12 albums) MP3 320 => Quiet Harbour | - | year=1990 year_to=2014 audio_format=mp3 bitrate=320 discs=12 discography
Quiet Harbour - Northern Lines (2020) [24Bit-96kHz] FLAC [QMEDIA] ⭐️ => Quiet Harbour | Northern Lines | year=2020 audio_format=flac sample_rate=96000 bit_depth=24 group=QMEDIA
Quiet Harbour - Northern Lines (2020) Mp3 320kbps [QMEDIA] ⭐️ => Quiet Harbour | Northern Lines | year=2020 audio_format=mp3 bitrate=320 group=QMEDIA
Quiet Harbour - Northern Lines (2019) [FLAC] somebody88 => Quiet Harbour | Northern Lines | year=2019 audio_format=flac group=somebody88
Quiet Harbour – Northern Lines (2017) (Mp3 320kbps) [Huntress] => Quiet Harbour | Northern Lines | year=2017 audio_format=mp3 bitrate=320 group=Huntress
Quiet Harbour - (The Story of) Northern Lines (1995) [V2] => Quiet Harbour | (The Story of) Northern Lines | year=1995 audio_format=mp3 bitrate=V2
Quiet Harbour - 1989 (2014) [Deluxe] MP3 => Quiet Harbour | 1989 | year=2014 audio_format=mp3 editions=deluxe
Quiet Harbour - 1984 [FLAC] => Quiet Harbour | 1984 | audio_format=flac
Dr. Quiet - 2001 - FLAC => Dr. Quiet | 2001 | audio_format=flac
Quiet Harbour - Live North America 2016 (2017) MP3 192kbps => Quiet Harbour | Live North America 2016 | year=2017 audio_format=mp3 bitrate=192
Quiet Harbour - Northern Lines (Standard Edition) [2016-Web-MP3-V0(VBR)] => Quiet Harbour | Northern Lines | year=2016 source=web audio_format=mp3 bitrate=V0 editions=standard
Quiet Harbour - Northern Lines Deluxe Edition 2012 FLAC => Quiet Harbour | Northern Lines | year=2012 audio_format=flac editions=deluxe
Quiet Harbour - Northern Lines (1973) [SACD ISO] => Quiet Harbour | Northern Lines | year=1973 source=sacd
Quiet Harbour - Northern Lines (1973) [DSD64] => Quiet Harbour | Northern Lines | year=1973 audio_format=dsd
Quiet Harbour - Northern Lines 1973 (2013) [FLAC@192khz24bit] => Quiet Harbour | Northern Lines 1973 | year=2013 audio_format=flac sample_rate=192000 bit_depth=24
01 - Quiet Harbour - Northern Lines.mp3 => Quiet Harbour | Northern Lines | audio_format=mp3
Quiet Harbour - Northern Lines (OST) (1999) (flac) => Quiet Harbour | Northern Lines | year=1999 audio_format=flac kinds=soundtrack
Quiet Harbour - Northern Lines.zip => Quiet Harbour | Northern Lines |
www.site.example - Quiet Harbour - Northern Lines (2001) [320] => Quiet Harbour | Northern Lines | year=2001 bitrate=320
Quiet Harbour & Friends feat. Someone - Northern Lines (Single) (2014) (320 kbps) => Quiet Harbour & Friends feat. Someone | Northern Lines | year=2014 bitrate=320 kinds=single
Quiet Harbour - Northern Lines - 2004 - 320kbps => Quiet Harbour | Northern Lines | year=2004 bitrate=320
Quiet Harbour - Northern Lines, 2007 [FLAC (tracks+.cue)] => Quiet Harbour | Northern Lines | year=2007 audio_format=flac
Various Artists - Northern Lines: A Tribute (2 CD) [2003] [APE (image + cue)] => Various Artists | Northern Lines: A Tribute | year=2003 source=cd audio_format=ape discs=2
Quiet Harbour - Northern Lines (1977, 2009 Remaster) [24-96 DVD-A] => Quiet Harbour | Northern Lines | year=1977 source=dvd sample_rate=96000 bit_depth=24 editions=remastered
Quiet Harbour (1991) [FLAC] => - | Quiet Harbour | year=1991 audio_format=flac
Quiet Harbour Northern Lines => - | Quiet Harbour Northern Lines |
Quiet Harbour "Northern Lines" (2001) => Quiet Harbour | Northern Lines | year=2001
The 1975 - Northern Lines (2016) [FLAC] => The 1975 | Northern Lines | year=2016 audio_format=flac
Quiet Harbour - Best of 2004 [MP3] => Quiet Harbour | Best of 2004 | year=2004 audio_format=mp3
Quiet Harbour - Northern Lines (2001) [Remastered, 2CD] WV => Quiet Harbour | Northern Lines | year=2001 source=cd audio_format=wavpack discs=2 editions=remastered
Red Lanterns - Paper Boats (2007) [FLAC]-GRPX => Red Lanterns | Paper Boats | year=2007 audio_format=flac group=GRPX
Red Lanterns - Paper Boats (2007) FLAC-GRPX => Red Lanterns | Paper Boats | year=2007 audio_format=flac group=GRPX
Red Lanterns - Paper Boats (Deluxe Edition) (2007) [320 kbps] => Red Lanterns | Paper Boats | year=2007 bitrate=320 editions=deluxe
Red Lanterns - Paper Boats (Deluxe) [2007] [24-bit/96kHz] [FLAC] => Red Lanterns | Paper Boats | year=2007 audio_format=flac sample_rate=96000 bit_depth=24 editions=deluxe
Red Lanterns - Paper Boats 2007 [FLAC] => Red Lanterns | Paper Boats | year=2007 audio_format=flac
Red Lanterns - Paper Boats - 2007 - FLAC => Red Lanterns | Paper Boats | year=2007 audio_format=flac
Red Lanterns - [2007] Paper Boats [FLAC] => Red Lanterns | Paper Boats | year=2007 audio_format=flac
Red Lanterns - (2007) Paper Boats => Red Lanterns | Paper Boats | year=2007
Red Lanterns (2007) Paper Boats => Red Lanterns | Paper Boats | year=2007
Red Lanterns - 2007 Paper Boats (320) => Red Lanterns | Paper Boats | year=2007 bitrate=320
Red Lanterns (2007) - Paper Boats [V0] => Red Lanterns | Paper Boats | year=2007 audio_format=mp3 bitrate=V0
Red Lanterns [2007] Paper Boats [FLAC] => Red Lanterns | Paper Boats | year=2007 audio_format=flac
2007 - Red Lanterns - Paper Boats [FLAC] => Red Lanterns | Paper Boats | year=2007 audio_format=flac
Red Lanterns-Paper Boats(2007)[MP3] => Red Lanterns | Paper Boats | year=2007 audio_format=mp3
Red Lanterns - Paper Boats(2007)[mp3] => Red Lanterns | Paper Boats | year=2007 audio_format=mp3
Red Lanterns – Paper Boats [2007, FLAC] => Red Lanterns | Paper Boats | year=2007 audio_format=flac
Red Lanterns — Paper Boats (2007, 192 kbps) => Red Lanterns | Paper Boats | year=2007 bitrate=192
Red Lanterns - Paper Boats [CD-Rip] FLAC => Red Lanterns | Paper Boats | source=cd audio_format=flac
Red Lanterns - Paper Boats [Vinyl 24/96] => Red Lanterns | Paper Boats | source=vinyl sample_rate=96000 bit_depth=24
Red Lanterns - Paper Boats (1975) [Vinyl Rip 24-192] {UK 1st press} => Red Lanterns | Paper Boats | year=1975 source=vinyl sample_rate=192000 bit_depth=24 editions=uk
Red Lanterns - Paper Boats (1975/2011) [24bit/96kHz FLAC] => Red Lanterns | Paper Boats | year=1975 audio_format=flac sample_rate=96000 bit_depth=24
Red Lanterns - Paper Boats (1975) (2011 Remaster) [FLAC] => Red Lanterns | Paper Boats | year=1975 audio_format=flac editions=remastered
Red Lanterns - Paper Boats (1975) 2xLP [FLAC] 88 => Red Lanterns | Paper Boats | year=1975 source=vinyl audio_format=flac discs=2
Red Lanterns - Paper Boats (40th Anniversary Super Deluxe Edition) (2015) [FLAC] {5CD Box Set} => Red Lanterns | Paper Boats | year=2015 source=cd audio_format=flac discs=5 editions=anniversary,super deluxe,deluxe,boxset
Red Lanterns - Paper Boats CD1 (2007) => Red Lanterns | Paper Boats | year=2007 source=cd
Red Lanterns - Paper Boats (2CD) 2007 MP3 VBR => Red Lanterns | Paper Boats | year=2007 source=cd audio_format=mp3 discs=2
Red Lanterns - Paper Boats (Single) 2007 => Red Lanterns | Paper Boats | year=2007 kinds=single
Red Lanterns - Paper Boats EP (2007) FLAC => Red Lanterns | Paper Boats EP | year=2007 audio_format=flac kinds=ep
Red Lanterns - Paper Boats (EP) [2007] => Red Lanterns | Paper Boats | year=2007 kinds=ep
Red Lanterns - Paper Boats (feat. Mia Lund) - Single (2019) AAC 256 => Red Lanterns | Paper Boats | year=2019 audio_format=aac bitrate=256 kinds=single notes=feat. Mia Lund
Red Lanterns feat. Mia Lund - Paper Boats (2019) [iTunes Plus AAC M4A] => Red Lanterns feat. Mia Lund | Paper Boats | year=2019 source=web audio_format=aac
Red Lanterns - Paper Boats [iTunes Plus M4A] => Red Lanterns | Paper Boats | source=web audio_format=aac
Red Lanterns - Paper Boats (2019) {WEB, FLAC} => Red Lanterns | Paper Boats | year=2019 source=web audio_format=flac
Red Lanterns - Paper Boats (2019) [WEB-FLAC] => Red Lanterns | Paper Boats | year=2019 source=web audio_format=flac
Red Lanterns - Paper Boats (2019) [WEB] [FLAC] => Red Lanterns | Paper Boats | year=2019 source=web audio_format=flac
Red Lanterns - Paper Boats [2019] - MP3 320kbps => Red Lanterns | Paper Boats | year=2019 audio_format=mp3 bitrate=320
Red Lanterns - Paper Boats [2019] MP3@320 => Red Lanterns | Paper Boats | year=2019 audio_format=mp3 bitrate=320
Red Lanterns - Paper Boats [MP3@320kbps] => Red Lanterns | Paper Boats | audio_format=mp3 bitrate=320
Red Lanterns - Paper Boats [MP3-V0] => Red Lanterns | Paper Boats | audio_format=mp3 bitrate=V0
Red Lanterns - Paper Boats [MP3.V0.CD] => Red Lanterns | Paper Boats | source=cd audio_format=mp3 bitrate=V0
Red Lanterns - Paper Boats [OGG 500] => Red Lanterns | Paper Boats | audio_format=ogg bitrate=500
Red Lanterns - Paper Boats (2004) OGG Vorbis 192kbps => Red Lanterns | Paper Boats | year=2004 audio_format=ogg bitrate=192
Red Lanterns - Paper Boats (2004) [Opus] => Red Lanterns | Paper Boats | year=2004 audio_format=opus
Red Lanterns - Paper Boats (2004) WMA 128kbps => Red Lanterns | Paper Boats | year=2004 audio_format=wma bitrate=128
Red Lanterns - Paper Boats WavPack => Red Lanterns | Paper Boats | audio_format=wavpack
Red Lanterns Paper Boats APE => - | Red Lanterns Paper Boats | audio_format=ape
Red Lanterns Paper Boats 2007 320kbps => - | Red Lanterns Paper Boats | year=2007 bitrate=320
Red Lanterns Paper Boats (2007) MP3 => - | Red Lanterns Paper Boats | year=2007 audio_format=mp3
Red Lanterns Complete Discography 1990-2010 FLAC => Red Lanterns | - | year=1990 year_to=2010 audio_format=flac discography
Red Lanterns - Complete Discography (1990 - 2010) [MP3 320] => Red Lanterns | - | year=1990 year_to=2010 audio_format=mp3 bitrate=320 discography
Red Lanterns - The Complete Studio Albums (2010) [FLAC] => Red Lanterns | The Complete Studio Albums | year=2010 audio_format=flac
Red Lanterns - Studio Albums (1990-2010) (12CD) [FLAC] => Red Lanterns | - | year=1990 year_to=2010 source=cd audio_format=flac discs=12 discography
Red Lanterns Discography => Red Lanterns | - | discography
Red Lanterns Discography (Lossless) => Red Lanterns | - | discography
Discography Red Lanterns => Red Lanterns | - | discography
Red Lanterns Discografia => Red Lanterns | - | discography
Red Lanterns - Discografía Completa (1990-2010) => Red Lanterns | - | year=1990 year_to=2010 discography
Red Lanterns (Discography) 1990-2010 => Red Lanterns | - | year=1990 year_to=2010 discography
Red Lanterns - 12 Albums (1990-2010) [FLAC] => Red Lanterns | - | year=1990 year_to=2010 audio_format=flac discs=12 discography
Red Lanterns - Дискография - 1990-2010, FLAC (image+.cue), lossless => Red Lanterns | - | year=1990 year_to=2010 audio_format=flac discography
Красные Фонари - Бумажные кораблики (2007) MP3 => Красные Фонари | Бумажные кораблики | year=2007 audio_format=mp3
Красные Фонари - Бумажные кораблики - 2007, MP3, 320 kbps => Красные Фонари | Бумажные кораблики | year=2007 audio_format=mp3 bitrate=320
Красные Фонари (Red Lanterns) - Бумажные кораблики (Paper Boats) - 2007, FLAC => Красные Фонари | Бумажные кораблики | artist_also=Red Lanterns album_also=Paper Boats year=2007 audio_format=flac
Красные Фонари / Red Lanterns - Бумажные кораблики - 2007, FLAC => Красные Фонари | Бумажные кораблики | artist_also=Red Lanterns year=2007 audio_format=flac
[2012.03.07] TV Anime "Paper Boats" Original Soundtrack [FLAC] => - | TV Anime "Paper Boats" Original Soundtrack | year=2012 audio_format=flac kinds=soundtrack
赤い灯籠 (Red Lanterns) – 紙の船 (Paper Boats) [2020.05.13] [MP3 320K] => 赤い灯籠 | 紙の船 | artist_also=Red Lanterns album_also=Paper Boats year=2020 audio_format=mp3 bitrate=320
红灯笼 - 纸船 2010 FLAC分轨 => 红灯笼 | 纸船 | year=2010 audio_format=flac
Red Lanterns - Paper Boats [320kbps] [2007] [Torrent] => Red Lanterns | Paper Boats | year=2007 bitrate=320
Red Lanterns - Paper Boats [EAC - FLAC](oan) => Red Lanterns | Paper Boats | audio_format=flac group=oan
Red Lanterns - Paper Boats (1988) [EAC-FLAC] {Japan 1st Press, 32DP 123} => Red Lanterns | Paper Boats | year=1988 audio_format=flac editions=japan
Red Lanterns - Paper Boats (1988) {Virgin CDV 1234} [FLAC] => Red Lanterns | Paper Boats | year=1988 audio_format=flac notes=Virgin CDV 1234
Red Lanterns - Paper Boats - Album 2007 - MP3 320 => Red Lanterns | Paper Boats | year=2007 audio_format=mp3 bitrate=320 kinds=album
Red Lanterns - Paper Boats - [320] - (2007) => Red Lanterns | Paper Boats | year=2007 bitrate=320
Red Lanterns - Paper Boats 320 Kbps mp3 => Red Lanterns | Paper Boats | audio_format=mp3 bitrate=320
Red Lanterns - Paper Boats (2007) HQ 320 Kbps => Red Lanterns | Paper Boats | year=2007 bitrate=320
Red Lanterns - Paper Boats - HQ => Red Lanterns | Paper Boats |
Red Lanterns-Paper Boats (2007) => Red Lanterns | Paper Boats | year=2007
Red Lanterns - 01 - Paper Boats.mp3 => Red Lanterns | Paper Boats | audio_format=mp3
01. Red Lanterns - Paper Boats.flac => Red Lanterns | Paper Boats | audio_format=flac
Red Lanterns - Paper Boats - 01 - First Song.mp3 => Red Lanterns | Paper Boats | audio_format=mp3
Red Lanterns - Paper Boats [Bonus Tracks] [2007] [FLAC] [h33t] [somebody] => Red Lanterns | Paper Boats | year=2007 audio_format=flac editions=bonus group=somebody
VA - Now That's What I Call Paper 98 (2017) (Mp3 320kbps) [Huntress] => VA | Now That's What I Call Paper 98 | year=2017 audio_format=mp3 bitrate=320 group=Huntress
V.A. - Paper Boats vol.2 (2007) MP3 => V.A. | Paper Boats vol.2 | year=2007 audio_format=mp3
Various - Paper Boats (2007) [FLAC] => Various | Paper Boats | year=2007 audio_format=flac
Paper Boats (Original Motion Picture Soundtrack) (2007) [FLAC] => - | Paper Boats | year=2007 audio_format=flac kinds=soundtrack notes=Original Motion Picture Soundtrack
Mia Lund - Paper Boats (OST) [2007] 320kbps => Mia Lund | Paper Boats | year=2007 bitrate=320 kinds=soundtrack
Mia Lund - Paper Boats: Original Soundtrack (2007) => Mia Lund | Paper Boats: Original Soundtrack | year=2007 kinds=soundtrack
Mia Lund & The Red Lanterns - Paper Boats (Live at Home, 2006) (2007) [FLAC] => Mia Lund & The Red Lanterns | Paper Boats | year=2007 audio_format=flac kinds=live notes=Live at Home, 2006
Red Lanterns - Live in Tokyo 1979 [Bootleg] [FLAC] => Red Lanterns | Live in Tokyo | year=1979 audio_format=flac kinds=bootleg
Red Lanterns 1979-08-12 Tokyo SBD FLAC => Red Lanterns | Tokyo SBD | year=1979 audio_format=flac kinds=bootleg
Red Lanterns - Tokyo, Japan 12.08.1979 (SBD) => Red Lanterns | Tokyo, Japan | year=1979 kinds=bootleg
Red Lanterns - Paper Boats (Japanese Edition) (2007) [FLAC] {Victor, VICP-12345} => Red Lanterns | Paper Boats | year=2007 audio_format=flac editions=japan
AC/DC - Paper Boats (1980) [FLAC] => AC/DC | Paper Boats | year=1980 audio_format=flac
Sunn O))) - Paper Boats (2009) => Sunn O))) | Paper Boats | year=2009
!!! - Paper Boats [2007] => !!! | Paper Boats | year=2007
+/- - Paper Boats (2003) FLAC => +/- | Paper Boats | year=2003 audio_format=flac
a-ha - Paper Boats (1985) => a-ha | Paper Boats | year=1985
Blink-182 - Paper Boats (2003) [FLAC] => Blink-182 | Paper Boats | year=2003 audio_format=flac
Jay-Z - Paper Boats (2003) => Jay-Z | Paper Boats | year=2003
Ed Example - ÷ (Divide) (2017) [FLAC] => Ed Example | ÷ | year=2017 audio_format=flac notes=Divide
Red Lanterns - Paper Boats-WEB-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=web group=GRPX
Red Lanterns - Paper Boats-2CD-FLAC-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=cd audio_format=flac discs=2 group=GRPX
Red Lanterns - Semi-Detached-2019-GRPX => Red Lanterns | Semi-Detached | year=2019 group=GRPX
Red Lanterns - Hi-Fi (2001) => Red Lanterns | Hi-Fi | year=2001
Red Lanterns - Paper Boats (Green Album) (2018) [FLAC] => Red Lanterns | Paper Boats | year=2018 audio_format=flac kinds=album notes=Green Album
Red Lanterns - Paper Boats Vol. 2 (2001) => Red Lanterns | Paper Boats Vol. 2 | year=2001
Red Lanterns - Paper Boats (Vol. 2) (2001) => Red Lanterns | Paper Boats (Vol. 2) | year=2001
Red Lanterns - Paper Boats, Part II [2001] => Red Lanterns | Paper Boats, Part II | year=2001
Red Lanterns - Paper Boats - Live (2CD) (2001) => Red Lanterns | Paper Boats | year=2001 source=cd discs=2 kinds=live
Red Lanterns - Live (2001) FLAC => Red Lanterns | Live | year=2001 audio_format=flac
Red Lanterns - Remixes [FLAC] => Red Lanterns | Remixes | audio_format=flac
Red Lanterns - Singles [FLAC] => Red Lanterns | Singles | audio_format=flac
Red Lanterns - The Singles 1990-2000 [FLAC] => Red Lanterns | The Singles | year=1990 year_to=2000 audio_format=flac kinds=single
Red Lanterns - Singles 1990-2000 (2001) [FLAC] => Red Lanterns | Singles 1990-2000 | year=2001 audio_format=flac
Red Lanterns - Gold (2CD) 1992 [FLAC] => Red Lanterns | Gold | year=1992 source=cd audio_format=flac discs=2
Red Lanterns - The Best Of (2001) [320] => Red Lanterns | The Best Of | year=2001 bitrate=320
Red Lanterns - Best Of Red Lanterns 320 kbps => Red Lanterns | Best Of Red Lanterns | bitrate=320
Red Lanterns - Anthology 1 (1995) [FLAC] => Red Lanterns | Anthology 1 | year=1995 audio_format=flac
Red Lanterns - Demo (1999) => Red Lanterns | Demo | year=1999
Red Lanterns - Mono (2011) => Red Lanterns | Mono | year=2011
Red Lanterns - Tape (2011) [MP3] => Red Lanterns | Tape | year=2011 audio_format=mp3
Red Lanterns - Web (1995) FLAC => Red Lanterns | Web | year=1995 audio_format=flac
Red Lanterns - CD (1995) FLAC => Red Lanterns | CD | year=1995 audio_format=flac
Red Lanterns - Opus (2003) FLAC => Red Lanterns | Opus | year=2003 audio_format=flac
Red Lanterns - Ape (2003) FLAC => Red Lanterns | Ape | year=2003 audio_format=flac
Web - Red (1970) [FLAC] => Web | Red | year=1970 audio_format=flac
Live - Paper Boats (1994) [FLAC] => Live | Paper Boats | year=1994 audio_format=flac
Various Artists - Paper Boats OST (2001) MP3 => Various Artists | Paper Boats OST | year=2001 audio_format=mp3 kinds=soundtrack
Red Lanterns - Paper Boats [2001 Japan] => Red Lanterns | Paper Boats | year=2001 editions=japan
Red Lanterns - Paper Boats (US) [2001] => Red Lanterns | Paper Boats | year=2001 editions=us
Red Lanterns - Paper Boats 2004 remaster FLAC => Red Lanterns | Paper Boats | year=2004 audio_format=flac editions=remastered
Red Lanterns - Paper Boats (Remastered 2004) FLAC => Red Lanterns | Paper Boats | year=2004 audio_format=flac editions=remastered
Red Lanterns - Paper Boats (2004 Remastered Version) [1978] FLAC => Red Lanterns | Paper Boats | year=2004 audio_format=flac editions=remastered
Red Lanterns - Paper Boats 1978 (2004 Remaster) => Red Lanterns | Paper Boats 1978 | year=2004 editions=remastered
Red Lanterns - 1978 - Paper Boats (2004 Remaster) [FLAC] => Red Lanterns | Paper Boats | year=1978 audio_format=flac editions=remastered
Red Lanterns - 1978 Paper Boats (2004) => Red Lanterns | 1978 Paper Boats | year=2004
Red Lanterns - Paper Boats [1978 - 2004] => Red Lanterns | Paper Boats | year=1978 year_to=2004
Red Lanterns - 3 Albums [FLAC] => Red Lanterns | - | audio_format=flac discs=3 discography
Red Lanterns - 7 CD Collection [FLAC] => Red Lanterns | 7 CD Collection | audio_format=flac
Red Lanterns - Collection (1990-2001) [MP3] => Red Lanterns | Collection | year=1990 year_to=2001 audio_format=mp3 discography
Red Lanterns Collection FLAC => - | Red Lanterns Collection | audio_format=flac
Red Lanterns - Albums & Singles 1990-2010 MP3 => Red Lanterns | Albums & Singles | year=1990 year_to=2010 audio_format=mp3 discography kinds=single
Red Lanterns (10 albums) FLAC => Red Lanterns | - | audio_format=flac discs=10 discography
Red Lanterns - Complete Collection [1990-2010] MP3 320 => Red Lanterns | Complete Collection | year=1990 year_to=2010 audio_format=mp3 bitrate=320 discography
Red Lanterns - Anthology (1990 - 2010), FLAC => Red Lanterns | Anthology | year=1990 year_to=2010 audio_format=flac
Red Lanterns - Paper Boats [Hi-Res FLAC 24bit 88.2kHz] => Red Lanterns | Paper Boats | audio_format=flac sample_rate=88200 bit_depth=24
Red Lanterns - Paper Boats [24-44.1] => Red Lanterns | Paper Boats | sample_rate=44100 bit_depth=24
Red Lanterns - Paper Boats FLAC 24-48 => Red Lanterns | Paper Boats | audio_format=flac sample_rate=48000 bit_depth=24
Red Lanterns - Paper Boats [24B-44.1kHz] => Red Lanterns | Paper Boats | sample_rate=44100 bit_depth=24
Red Lanterns - Paper Boats (24bit-48khz) => Red Lanterns | Paper Boats | sample_rate=48000 bit_depth=24
Red Lanterns - Paper Boats [16Bit-44.1kHz] FLAC => Red Lanterns | Paper Boats | audio_format=flac sample_rate=44100 bit_depth=16
Red Lanterns - Paper Boats {24bit 192kHz} => Red Lanterns | Paper Boats | sample_rate=192000 bit_depth=24
Red Lanterns - Paper Boats [DSD128 5.6MHz] => Red Lanterns | Paper Boats | audio_format=dsd
Red Lanterns - Paper Boats [Mqa] => Red Lanterns | Paper Boats |
Red Lanterns - Paper Boats (2001) [MP3 CBR 320] => Red Lanterns | Paper Boats | year=2001 audio_format=mp3 bitrate=320
Red Lanterns - Paper Boats (2001) [MP3 VBR 245kbps] => Red Lanterns | Paper Boats | year=2001 audio_format=mp3 bitrate=245
Red Lanterns - Paper Boats (2001) mp3@256 => Red Lanterns | Paper Boats | year=2001 audio_format=mp3 bitrate=256
Red Lanterns - Paper Boats (2001) @320 => Red Lanterns | Paper Boats | year=2001 bitrate=320
Red Lanterns - Paper Boats (2001) 320 CBR => Red Lanterns | Paper Boats | year=2001 bitrate=320
Red Lanterns - Paper Boats (2001) {320k} => Red Lanterns | Paper Boats | year=2001 bitrate=320
Red Lanterns - Paper Boats (2001) [Mp3 - 320 Kbps] => Red Lanterns | Paper Boats | year=2001 audio_format=mp3 bitrate=320
Red Lanterns - Paper Boats (2001) VBR V2 => Red Lanterns | Paper Boats | year=2001 audio_format=mp3 bitrate=V2
Red Lanterns - Paper Boats (2001) V0 => Red Lanterns | Paper Boats | year=2001 audio_format=mp3 bitrate=V0
Red Lanterns - Paper Boats (2001)(320) => Red Lanterns | Paper Boats | year=2001 bitrate=320
Red Lanterns - Paper Boats (2001) 192 => Red Lanterns | Paper Boats | year=2001 bitrate=192
Red Lanterns Paper Boats [256][2001][MP3] => - | Red Lanterns Paper Boats | year=2001 audio_format=mp3 bitrate=256
Red Lanterns - Paper Boats [320] => Red Lanterns | Paper Boats | bitrate=320
Red Lanterns - Paper Boats 320kb/s => Red Lanterns | Paper Boats | bitrate=320
Red Lanterns - Paper Boats 320 kbits => Red Lanterns | Paper Boats | bitrate=320
Red Lanterns - Paper Boats AAC 256kbps => Red Lanterns | Paper Boats | audio_format=aac bitrate=256
Red Lanterns - Paper Boats m4a => Red Lanterns | Paper Boats | audio_format=aac
Red Lanterns - Paper Boats [OGG q9] => Red Lanterns | Paper Boats | audio_format=ogg
Red Lanterns - Paper Boats [TAK] => Red Lanterns | Paper Boats | audio_format=tak
[spunj] - Paper Boats (2002) => spunj | Paper Boats | year=2002
Red Lanterns - [Paper Boats] (2004) FLAC => Red Lanterns | Paper Boats | year=2004 audio_format=flac
Red Lanterns | Paper Boats (2004) => Red Lanterns | Paper Boats | year=2004
Red Lanterns - Paper Boats (2004) - (24/96 - Vinyl) => Red Lanterns | Paper Boats | year=2004 source=vinyl sample_rate=96000 bit_depth=24
Red Lanterns - Studio Discography (1990-2010) [FLAC] (image + cue) => Red Lanterns | - | year=1990 year_to=2010 audio_format=flac discography kinds=album
RED LANTERNS - PAPER BOATS (2004)[FLAC]eNJoY-iT => RED LANTERNS | PAPER BOATS | year=2004 audio_format=flac group=eNJoY-iT
Red Lanterns - Paper Boats (2004) [FLAC] - GRPX => Red Lanterns | Paper Boats | year=2004 audio_format=flac group=GRPX
Red Lanterns - Paper Boats (Deluxe Version) [Explicit] 2013 320kbps CBR MP3 [VQ] [Q2QDL] => Red Lanterns | Paper Boats | year=2013 audio_format=mp3 bitrate=320 editions=deluxe,explicit group=VQ
Red Lanterns - Paper Boats (2013) 320kbps CBR (MP3) Vitus [Q2QDL] => Red Lanterns | Paper Boats | year=2013 audio_format=mp3 bitrate=320 group=Vitus
Red Lanterns - Paper Boats 2013 CBR MP3 [VQ] => Red Lanterns | Paper Boats | year=2013 audio_format=mp3 group=VQ
Red Lanterns - Paper Boats CBR 320 => Red Lanterns | Paper Boats | bitrate=320
Red Lanterns - Paper Boats - Single [iTunes Plus AAC M4A] => Red Lanterns | Paper Boats | source=web audio_format=aac kinds=single
Red Lanterns - Paper Boats - @320 => Red Lanterns | Paper Boats | bitrate=320
Red Lanterns - Paper Boats - 2CD - 2004 => Red Lanterns | Paper Boats | year=2004 source=cd discs=2
Red Lanterns - Paper Boats Disc 1 (2004) => Red Lanterns | Paper Boats | year=2004
Red Lanterns - Paper Boats [Disc 2] (2004) => Red Lanterns | Paper Boats | year=2004
Red Lanterns - Paper Boats (Disc 1 of 2) => Red Lanterns | Paper Boats | notes=Disc 1 of 2
Red Lanterns - 3CD - 2004 - Paper Boats => Red Lanterns | Paper Boats | year=2004 source=cd discs=3
Red Lanterns - Paper Boats - FLAC - 24 Bit - 96 kHz - 2012 => Red Lanterns | Paper Boats | year=2012 audio_format=flac sample_rate=96000 bit_depth=24
Red Lanterns - Paper Boats (2012) FLAC 24 bit 96 kHz => Red Lanterns | Paper Boats | year=2012 audio_format=flac sample_rate=96000 bit_depth=24
Red Lanterns - Paper Boats (2012) {24/96 Hi-Res} => Red Lanterns | Paper Boats | year=2012 sample_rate=96000 bit_depth=24
Red Lanterns - Paper Boats 24bit-96khz => Red Lanterns | Paper Boats | sample_rate=96000 bit_depth=24
Red Lanterns - Paper Boats SACD => Red Lanterns | Paper Boats | source=sacd
Red Lanterns - Paper Boats (Vinyl) => Red Lanterns | Paper Boats | source=vinyl
Red Lanterns - Paper Boats [WEB] => Red Lanterns | Paper Boats | source=web
Red Lanterns - Paper Boats WEB FLAC => Red Lanterns | Paper Boats | source=web audio_format=flac
Red Lanterns - Paper Boats Vinyl FLAC 1975 => Red Lanterns | Paper Boats | year=1975 source=vinyl audio_format=flac
Red Lanterns - Paper Boats (1975) LP 24-96 => Red Lanterns | Paper Boats | year=1975 source=vinyl sample_rate=96000 bit_depth=24 kinds=album
Red Lanterns - Paper Boats (1975) - Vinyl Rip [24-96] => Red Lanterns | Paper Boats | year=1975 source=vinyl sample_rate=96000 bit_depth=24
Red Lanterns - Paper Boats (1975) [MFSL UDCD 590] => Red Lanterns | Paper Boats | year=1975 editions=mfsl notes=MFSL UDCD 590
Red Lanterns - Paper Boats (1975) {MFSL} => Red Lanterns | Paper Boats | year=1975 editions=mfsl
Red Lanterns - Paper Boats 1975 [24-96 LP] => Red Lanterns | Paper Boats | year=1975 source=vinyl sample_rate=96000 bit_depth=24 kinds=album
Red Lanterns - Paper Boats PROPER 2004 MP3 => Red Lanterns | Paper Boats | year=2004 audio_format=mp3 proper
Red Lanterns - Paper Boats (REPACK) 2004 => Red Lanterns | Paper Boats | year=2004 repack
Red Lanterns - Paper Boats [2004] [Promo] [MP3 VBR] => Red Lanterns | Paper Boats | year=2004 audio_format=mp3 editions=promo
Red Lanterns feat. Mia - Paper Boats => Red Lanterns feat. Mia | Paper Boats |
Red Lanterns ft Mia - Paper Boats (Prod. By Someone) => Red Lanterns ft Mia | Paper Boats | notes=Prod. By Someone
Red Lanterns x Mia Lund - Paper Boats => Red Lanterns x Mia Lund | Paper Boats |
Red Lanterns vs. Mia - Paper Boats [WAV] => Red Lanterns vs. Mia | Paper Boats | audio_format=wav
Red Lanterns + Mia - Paper Boats => Red Lanterns + Mia | Paper Boats |
Mia Lund, Red Lanterns - Paper Boats (2019) => Mia Lund, Red Lanterns | Paper Boats | year=2019
Lund, Mia - Paper Boats (2019) => Lund, Mia | Paper Boats | year=2019
M.I.A. Lund - Paper Boats (2019) => M.I.A. Lund | Paper Boats | year=2019
R.E.D. - Paper Boats (1991) => R.E.D. | Paper Boats | year=1991
Mr. Red - Paper Boats No. 5 (2020) => Mr. Red | Paper Boats No. 5 | year=2020
Red Lanterns - Paper Boats #2 (2020) => Red Lanterns | Paper Boats #2 | year=2020
Red Lanterns - 25 (2015) [FLAC] => Red Lanterns | 25 | year=2015 audio_format=flac
Red Lanterns - 2020 (2020) [FLAC] => Red Lanterns | 2020 | year=2020 audio_format=flac
Red Lanterns - 10,000 Boats (2006) => Red Lanterns | 10,000 Boats | year=2006
Red Lanterns - 4:44 (2017) [MP3 320] => Red Lanterns | 4:44 | year=2017 audio_format=mp3 bitrate=320
Red Lanterns - 1999 => Red Lanterns | 1999 |
Red Lanterns - Live at Home (August 12, 1990) [FLAC] => Red Lanterns | Live at Home | year=1990 audio_format=flac
Red Lanterns - Live at Home 12/08/1990 => Red Lanterns | Live at Home | year=1990
Red Lanterns - 1990-08-12 - Live at Home [FLAC] => Red Lanterns | Live at Home | year=1990 audio_format=flac
Red Lanterns - Paper Boats (Original Score) (2004) [FLAC] => Red Lanterns | Paper Boats | year=2004 audio_format=flac kinds=soundtrack
Red Lanterns - Paper Boats - Remixes (2004) => Red Lanterns | Paper Boats | year=2004 kinds=remix
Red Lanterns - Paper Boats (Remixes) (2004) => Red Lanterns | Paper Boats | year=2004 kinds=remix
Red Lanterns - Paper Boats (The Remixes) (2004) => Red Lanterns | Paper Boats | year=2004 kinds=remix notes=The Remixes
Red Lanterns - Paper Boats (Live) (2004) => Red Lanterns | Paper Boats | year=2004 kinds=live
Red Lanterns - Paper Boats: Live (2004) => Red Lanterns | Paper Boats: Live | year=2004
Red Lanterns - Paper Boats (Acoustic) (2004) => Red Lanterns | Paper Boats | year=2004 notes=Acoustic
Red Lanterns - Paper Boats (Instrumental) (2004) => Red Lanterns | Paper Boats | year=2004 kinds=instrumental
Red Lanterns - Boats "Paper" 12'' (1985) Vinyl => Red Lanterns | Boats "Paper" | year=1985 source=vinyl
Red Lanterns - 'Paper Boats' (1985) => Red Lanterns | 'Paper Boats' | year=1985
Red Lanterns / Blue Lanterns - Paper Boats (Split) (2004) => Red Lanterns / Blue Lanterns | Paper Boats | year=2004 kinds=split
Red Lanterns & The Boats - Paper, Ink & Sails (2004) FLAC => Red Lanterns & The Boats | Paper, Ink & Sails | year=2004 audio_format=flac
Quiet Harbour - ( ) (2002) [FLAC] => Quiet Harbour | ( ) | year=2002 audio_format=flac
Quiet Harbour - Northern Lines () (2001) => Quiet Harbour | Northern Lines | year=2001
Mia Lund (1969-1990) [FLAC] => Mia Lund | - | year=1969 year_to=1990 audio_format=flac discography
Harbour Songs (1969-1990) [FLAC] => - | Harbour Songs | year=1969 year_to=1990 audio_format=flac
Mia Lund - Collection (1969-1990) [FLAC] => Mia Lund | Collection | year=1969 year_to=1990 audio_format=flac discography
Mia Lund - Spinning Vinyl (2001) => Mia Lund | Spinning Vinyl | year=2001
Mia Lund - A Final Rip (2001) [320] => Mia Lund | A Final Rip | year=2001 bitrate=320
Mia Lund - † (2007) [FLAC] => Mia Lund | † | year=2007 audio_format=flac
Red Lanterns - Paper Boats (Deluxe) - lossless FLAC Tracks - 2017 - CDrip => Red Lanterns | Paper Boats | year=2017 source=cd audio_format=flac editions=deluxe
Red Lanterns- Paper Boats (FLAC) => Red Lanterns | Paper Boats | audio_format=flac
Red Lanterns -Paper Boats (FLAC) => Red Lanterns | Paper Boats | audio_format=flac
R.L. - Paper & Boats [2007/MP3/V0(VBR)] => R.L. | Paper & Boats | year=2007 audio_format=mp3 bitrate=V0
Red Lanterns - PB {2013-Album} => Red Lanterns | PB | year=2013 kinds=album
Red Lanterns - Paper Boats {2013} {FLAC} => Red Lanterns | Paper Boats | year=2013 audio_format=flac
Red Lanterns - Paper Boats - 2004 - Japan Edition => Red Lanterns | Paper Boats | year=2004 editions=japan
Red Lanterns-Paper Boats-WEB-2018-GRPX [indexer] => Red Lanterns | Paper Boats | year=2018 source=web group=GRPX
Red Lanterns - Paper Boats 2004 [Mp3 320] [Team Paper] => Red Lanterns | Paper Boats | year=2004 audio_format=mp3 bitrate=320
Red Lanterns Paper Boats [320] 2016 Red Lanterns Paper Boats [320] 2016 => - | Red Lanterns Paper Boats | year=2016 bitrate=320
Red Lanterns - Paper Boats (Single 2014) (320 kbps) => Red Lanterns | Paper Boats | year=2014 bitrate=320 kinds=single
Red Lanterns - Paper Boats (Deluxe Edition) (2017) 320 => Red Lanterns | Paper Boats | year=2017 bitrate=320 editions=deluxe
Red Lanterns - Paper Boats (Album) 320 kbps [2019] => Red Lanterns | Paper Boats | year=2019 bitrate=320 kinds=album
Red Lanterns – Paper Boats (2014) MP3 – 320kbps => Red Lanterns | Paper Boats | year=2014 audio_format=mp3 bitrate=320
Red Lanterns Paper Boats (2014) – 320kbps Mp3 => - | Red Lanterns Paper Boats | year=2014 audio_format=mp3 bitrate=320
"Red Lanterns - Paper Boats" (2014) FLAC => Red Lanterns | Paper Boats | year=2014 audio_format=flac
Red Lanterns : Paper Boats - 2014 [FLAC] => Red Lanterns | Paper Boats | year=2014 audio_format=flac
[Red Lanterns] - [Paper Boats] - [2014] - [FLAC] => Red Lanterns | Paper Boats | year=2014 audio_format=flac
Red Lanterns - [1990] - Paper Boats => Red Lanterns | Paper Boats | year=1990
Red Lanterns (1990) - [Paper Boats] [MP3] => Red Lanterns | Paper Boats | year=1990 audio_format=mp3
Red.Lanterns - Paper.Boats (2014) => Red.Lanterns | Paper.Boats | year=2014
Red Lanterns-Paper Boats-CD-FLAC-2014-GRPX.rar => Red Lanterns | Paper Boats | year=2014 source=cd audio_format=flac group=GRPX
Red Lanterns - Paper Boats [FLAC 16-44.1] => Red Lanterns | Paper Boats | audio_format=flac sample_rate=44100 bit_depth=16
Red Lanterns - Paper Boats [16/44] => Red Lanterns | Paper Boats | sample_rate=44100 bit_depth=16
Red Lanterns - Paper Boats [FLAC-24:192] => Red Lanterns | Paper Boats | audio_format=flac sample_rate=192000 bit_depth=24
Red Lanterns - Paper Boats [24 bit FLAC] vinyl => Red Lanterns | Paper Boats | source=vinyl audio_format=flac bit_depth=24
Red Lanterns - Paper Boats [flac 24 96] => Red Lanterns | Paper Boats | audio_format=flac sample_rate=96000 bit_depth=24
Red Lanterns - Paper Boats [FLAC] [24bits-192kHz] => Red Lanterns | Paper Boats | audio_format=flac sample_rate=192000 bit_depth=24
Red Lanterns - Paper Boats FLAC24 => Red Lanterns | Paper Boats | audio_format=flac bit_depth=24
Red Lanterns - Paper Boats-24bit-WEB-FLAC-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=web audio_format=flac bit_depth=24 group=GRPX
Red Lanterns - Paper Boats [V2 VBR] => Red Lanterns | Paper Boats | audio_format=mp3 bitrate=V2
Red Lanterns - Paper Boats [MP3 VBR V0] => Red Lanterns | Paper Boats | audio_format=mp3 bitrate=V0
Red Lanterns - Paper Boats [MP3 vbr 320] => Red Lanterns | Paper Boats | audio_format=mp3 bitrate=320
Red Lanterns - Paper Boats (MP3 192) => Red Lanterns | Paper Boats | audio_format=mp3 bitrate=192
Red Lanterns - Paper Boats (MP3-192)(2005) => Red Lanterns | Paper Boats | year=2005 audio_format=mp3 bitrate=192
Red Lanterns - Paper Boats [2005] 128 kbps => Red Lanterns | Paper Boats | year=2005 bitrate=128
Red Lanterns - Paper Boats [2005] 160kbps VBR => Red Lanterns | Paper Boats | year=2005 bitrate=160
Red Lanterns - Paper Boats [2005] ~256kbps => Red Lanterns | Paper Boats | year=2005 bitrate=256
Red Lanterns - Paper Boats [2005] 64kb => Red Lanterns | Paper Boats | year=2005 bitrate=64
Red Lanterns - Paper Boats 2005 AAC VBR => Red Lanterns | Paper Boats | year=2005 audio_format=aac
Red Lanterns - Paper Boats [2005] (AAC, 256) => Red Lanterns | Paper Boats | year=2005 audio_format=aac bitrate=256
Red Lanterns - Paper Boats [2005] [aac@256kbps] => Red Lanterns | Paper Boats | year=2005 audio_format=aac bitrate=256
Red Lanterns - Paper Boats [2005] [MP3.320.kbps] => Red Lanterns | Paper Boats | year=2005 audio_format=mp3 bitrate=320
Red Lanterns - Paper Boats [2005/FLAC] => Red Lanterns | Paper Boats | year=2005 audio_format=flac
Red Lanterns - Paper Boats [2005, Rock, FLAC] => Red Lanterns | Paper Boats | year=2005 audio_format=flac
Red Lanterns - Paper Boats [2005, Rock, MP3 320] => Red Lanterns | Paper Boats | year=2005 audio_format=mp3 bitrate=320
Red Lanterns - Paper Boats (2005) [Rock] [mp3] => Red Lanterns | Paper Boats | year=2005 audio_format=mp3 notes=Rock
Red Lanterns-Paper Boats-2005-[FLAC] => Red Lanterns | Paper Boats | year=2005 audio_format=flac
Red Lanterns - Paper Boats (2005) (FLAC) (Rock) (GRPX) => Red Lanterns | Paper Boats | year=2005 audio_format=flac group=GRPX
VA - Paper Boats 2CD (2005) [FLAC] => VA | Paper Boats | year=2005 source=cd audio_format=flac discs=2
VA - 100 Paper Hits [5CD] (2005) MP3 [320 kbps] => VA | 100 Paper Hits | year=2005 source=cd audio_format=mp3 bitrate=320 discs=5
VA - Paper Boats Vol 1-3 (2005) => VA | Paper Boats Vol 1-3 | year=2005
VA - Paper Boats 90s (2005) MP3 => VA | Paper Boats 90s | year=2005 audio_format=mp3
VA - Paper Hits 2005 (2005) => VA | Paper Hits 2005 | year=2005
VA - Paper Hits 2005 Vol 2 MP3 => VA | Paper Hits 2005 Vol 2 | audio_format=mp3
VA - Summer 2015 [MP3] => VA | Summer 2015 | year=2015 audio_format=mp3
Various Artists – Paper Hits: The 80's [3CD] (2010) MP3 320 => Various Artists | Paper Hits: The 80's | year=2010 source=cd audio_format=mp3 bitrate=320 discs=3
Jonas Ekdal - Return (2018)-FLAC-BNRx => Jonas Ekdal | Return | year=2018 audio_format=flac group=BNRx
Jonas Ekdal - Return 2018 WEB FLAC-BNRx => Jonas Ekdal | Return | year=2018 source=web audio_format=flac group=BNRx
Jonas Ekdal - Return 2018-BNRX => Jonas Ekdal | Return | year=2018 group=BNRX
Jonas Ekdal - Return (2018) FLAC-24 => Jonas Ekdal | Return | year=2018 audio_format=flac bit_depth=24
Olafsen Band - Recall.2018.FLAC => Olafsen Band | Recall | year=2018 audio_format=flac
Ivy Tarrant - Pale Orchard 2CD 1998 192kbps => Ivy Tarrant | Pale Orchard | year=1998 source=cd bitrate=192 discs=2
2012 - Pale Orchard => - | Pale Orchard | year=2012
Hollis Grane All Albums 320kbps => Hollis Grane | - | bitrate=320 discography
Hollis Grane Discography 1973-1999 [Bubanee] => Hollis Grane | - | year=1973 year_to=1999 discography group=Bubanee
Corin Vale - Ashlands (US 1st Press LP) (1970) 24-96 => Corin Vale | Ashlands | year=1970 source=vinyl sample_rate=96000 bit_depth=24 editions=us kinds=album
Corin Vale - Ashlands 1970 Vinyl Rip 1st Press FLAC 24 Bit/96 Khz => Corin Vale | Ashlands | year=1970 source=vinyl audio_format=flac sample_rate=96000 bit_depth=24
Corin Vale - Ashlands (1970) [XRCD24] FLAC => Corin Vale | Ashlands | year=1970 source=cd audio_format=flac
Corin Vale - Ashlands [2018] - FLAC / Lossless / Log (100%) / Cue / CD / Scene => Corin Vale | Ashlands | year=2018 source=cd audio_format=flac
VA - New Wave Hits (2003) [FLAC] => VA | New Wave Hits | year=2003 audio_format=flac
Pale Orchard by Ivy Tarrant (1998) [FLAC] => Ivy Tarrant | Pale Orchard | year=1998 audio_format=flac
Pale Orchard by The Olafsen Band [1998] MP3 => The Olafsen Band | Pale Orchard | year=1998 audio_format=mp3
Stay by Me (1998) [FLAC] => - | Stay by Me | year=1998 audio_format=flac
Jonas Ekdal - Side by Side With Ivy (1998) [FLAC] => Jonas Ekdal | Side by Side With Ivy | year=1998 audio_format=flac
Ivy Tarrant «Pale Orchard» (1998) [MP3] => Ivy Tarrant | Pale Orchard | year=1998 audio_format=mp3
Ivy Tarrant_Pale Orchard_1998_FLAC => Ivy Tarrant | Pale Orchard | year=1998 audio_format=flac
Ivy_Tarrant - Pale_Orchard (1998) FLAC => Ivy Tarrant | Pale Orchard | year=1998 audio_format=flac
`),
)('%s', (name, facts) => {
  expect(musicFacts(name)).toBe(facts)
})
