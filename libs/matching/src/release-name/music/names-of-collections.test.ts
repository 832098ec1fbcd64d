import { expect, test } from '@jest/globals'
import { factRows, musicFacts } from '../../testing/music-facts.js'

test.each(
  factRows(`
Red Lanterns - Paper Boats (2011) [FLAC] {Japan SHM-CD, UICY-12345} => Red Lanterns | Paper Boats | year=2011 source=cd audio_format=flac editions=japan
Red Lanterns - Paper Boats (1971) [24 Bit FLAC 96 Khz] {Vinyl, Original UK 1st Pressing} => Red Lanterns | Paper Boats | year=1971 source=vinyl audio_format=flac sample_rate=96000 bit_depth=24 editions=uk
Red Lanterns - 1971 - Paper Boats [1st US Pressing] (24-96 Needledrop) => Red Lanterns | Paper Boats | year=1971 source=vinyl sample_rate=96000 bit_depth=24 editions=us
Red Lanterns – 1971 – Paper Boats (2013 Remaster) [24/192, HDTracks] => Red Lanterns | Paper Boats | year=1971 source=web sample_rate=192000 bit_depth=24 editions=remastered
Red Lanterns - Paper Boats (1971/2012/2014) [SACD-ISO] => Red Lanterns | Paper Boats | year=1971 source=sacd
Red Lanterns - Paper Boats (1971) [MCH SACD to FLAC 24-88] => Red Lanterns | Paper Boats | year=1971 source=sacd audio_format=flac sample_rate=88200 bit_depth=24
Red Lanterns - Paper Boats (1971) DTS 5.1 => Red Lanterns | Paper Boats | year=1971 audio_format=dts
Red Lanterns - Paper Boats [2014] [DVD-Audio] [24/96 5.1] => Red Lanterns | Paper Boats | year=2014 source=dvd sample_rate=96000 bit_depth=24
Red Lanterns - Paper Boats [Blu-ray Audio] 24-96 (2014) => Red Lanterns | Paper Boats | year=2014 source=bluray sample_rate=96000 bit_depth=24
Red Lanterns - Paper Boats (2014) [Hi-Res stereo] => Red Lanterns | Paper Boats | year=2014 editions=stereo
Red Lanterns - Paper Boats (2004, reissue 2012) [WavPack] image + cue => Red Lanterns | Paper Boats | year=2004 audio_format=wavpack editions=reissue
Red Lanterns - Paper Boats - 2CD Deluxe Edition - (2004) => Red Lanterns | Paper Boats | year=2004 source=cd discs=2 editions=deluxe
Red Lanterns - Paper Boats - Deluxe Edition [2004] => Red Lanterns | Paper Boats | year=2004 editions=deluxe
Red Lanterns - Paper Boats (30th Anniversary Edition) [2004] MP3 320 kbps CBR => Red Lanterns | Paper Boats | year=2004 audio_format=mp3 bitrate=320 editions=anniversary
Red Lanterns - Paper Boats + Bonus (2004) => Red Lanterns | Paper Boats + Bonus | year=2004
Red Lanterns & Mia Lund - Discography (18 CD) 1990-2012 [MP3] => Red Lanterns & Mia Lund | - | year=1990 year_to=2012 source=cd audio_format=mp3 discs=18 discography
Red Lanterns - Full Discography (1990-2012) 320kbps => Red Lanterns | - | year=1990 year_to=2012 bitrate=320 discography
Red Lanterns Complete Studio Discography 1990-2012 => Red Lanterns | - | year=1990 year_to=2012 discography kinds=album
Red Lanterns - Discographie 1990-2012 [MP3 320] => Red Lanterns | - | year=1990 year_to=2012 audio_format=mp3 bitrate=320 discography
Red Lanterns-Discography-1990-2012-MP3 => Red Lanterns | - | year=1990 year_to=2012 audio_format=mp3 discography
Red_Lanterns_-_Discography_(1990-2012)_[FLAC] => Red Lanterns | - | year=1990 year_to=2012 audio_format=flac discography
Red Lanterns - Albums 1990-1999 => Red Lanterns | Albums | year=1990 year_to=1999 discography
Red Lanterns - B-Sides & Rarities (2004) => Red Lanterns | B-Sides & Rarities | year=2004
Red Lanterns - Live @ Home 2004 => Red Lanterns | Live @ Home | year=2004
Red Lanterns - Live from Home [2004-05-06] (SBD) FLAC16 => Red Lanterns | Live from Home | year=2004 audio_format=flac bit_depth=16 kinds=bootleg
Red Lanterns - 2004-05-06 - Home, Town, Land (AUD) => Red Lanterns | Home, Town, Land | year=2004 kinds=bootleg
Red Lanterns Live at Home 2004 (Bootleg) MP3 => - | Red Lanterns Live at Home | year=2004 audio_format=mp3 kinds=bootleg
Red Lanterns - Home '04 (2004) => Red Lanterns | Home '04 | year=2004
Red Lanterns - Paper Boats [Bootleg] (1972) => Red Lanterns | Paper Boats | year=1972 kinds=bootleg
Red Lanterns - MTV Unplugged (1994) [FLAC] => Red Lanterns | MTV Unplugged | year=1994 audio_format=flac
Red Lanterns - The Paper Tapes (1994) [Cassette] => Red Lanterns | The Paper Tapes | year=1994 source=cassette
Red Lanterns - Paper Boats 7" (1985) [Vinyl Rip] => Red Lanterns | Paper Boats | year=1985 source=vinyl
Red Lanterns - Paper Boats [12" Single] 1985 => Red Lanterns | Paper Boats | year=1985 source=vinyl
Red Lanterns - Paper Boats (12'' Vinyl) 1985 => Red Lanterns | Paper Boats | year=1985 source=vinyl
Red Lanterns - Paper Boats [CDS] (1999) => Red Lanterns | Paper Boats | year=1999 source=cd kinds=single
Red Lanterns - Paper Boats [CDM] 1999 MP3 => Red Lanterns | Paper Boats | year=1999 source=cd audio_format=mp3 kinds=single
Red Lanterns - Paper Boats (Maxi-Single) 1999 => Red Lanterns | Paper Boats | year=1999 kinds=single
Red Lanterns - Paper Boats [EP] (1999) FLAC => Red Lanterns | Paper Boats | year=1999 audio_format=flac kinds=ep
Red Lanterns - The Paper EP (1999) FLAC => Red Lanterns | The Paper EP | year=1999 audio_format=flac kinds=ep
Mia Lund - Paper Boats (Original Game Soundtrack) [FLAC] => Mia Lund | Paper Boats | audio_format=flac kinds=soundtrack notes=Original Game Soundtrack
Mia Lund - Paper Boats OST (2015) MP3 V0 => Mia Lund | Paper Boats OST | year=2015 audio_format=mp3 bitrate=V0 kinds=soundtrack
VA - Paper Boats (Original Soundtrack) (2015) [320] => VA | Paper Boats | year=2015 bitrate=320 kinds=soundtrack
[140625] Paper Girls - 1st Mini Album "Boats" [MP3] => Paper Girls | 1st Mini Album "Boats" | year=2014 audio_format=mp3
[2014.06.25] 紙の少女 - 紙の船 [MP3 320k] => 紙の少女 | 紙の船 | year=2014 audio_format=mp3 bitrate=320
[Mini Album] Paper Girls – Boats [iTunes+ AAC] => Paper Girls | Boats | source=web audio_format=aac kinds=album
(2014.06.25) 紙の少女 「紙の船」 (FLAC+CUE+BK) => 紙の少女 | 紙の船 | year=2014 audio_format=flac
紙の少女 - 紙の船 (初回限定盤) [2014] [FLAC] => 紙の少女 | 紙の船 | year=2014 audio_format=flac notes=初回限定盤
[Hi-Res] 紙の少女 - 紙の船 [24bit/96kHz] [FLAC] => 紙の少女 | 紙の船 | audio_format=flac sample_rate=96000 bit_depth=24
종이 소녀 (Paper Girls) - 종이배 [FLAC] => 종이 소녀 | 종이배 | artist_also=Paper Girls audio_format=flac
Красные Фонари - 1990 - Бумажные кораблики (FLAC) => Красные Фонари | Бумажные кораблики | year=1990 audio_format=flac
Красные Фонари - Лучшее (2004) MP3, 320 kbps => Красные Фонари | Лучшее | year=2004 audio_format=mp3 bitrate=320
VA - Бумажные хиты (2004) => VA | Бумажные хиты | year=2004
Красные фонари: Дискография (1990-2010) => Красные фонари | - | year=1990 year_to=2010 discography
Mozart - Piano Concertos Nos. 20 & 21 (Lund, 1984) [FLAC] => Mozart | Piano Concertos Nos. 20 & 21 | year=1984 audio_format=flac notes=Lund, 1984
Bach, J.S. - Cello Suites - Lund - 1965 (2CD) => Bach, J.S. | Cello Suites - Lund | year=1965 source=cd discs=2
J.S. Bach - The Six Cello Suites [2CD] (1965) {FLAC} => J.S. Bach | The Six Cello Suites | year=1965 source=cd audio_format=flac discs=2
Beethoven - Complete Symphonies - Lund [5CD] (1963) FLAC => Beethoven | Complete Symphonies - Lund | year=1963 source=cd audio_format=flac discs=5
Mia Lund - Greatest Hits I & II (2004) [FLAC] => Mia Lund | Greatest Hits I & II | year=2004 audio_format=flac
Mia Lund - III (2004) => Mia Lund | III | year=2004
Mia Lund - 19 (2008) FLAC => Mia Lund | 19 | year=2008 audio_format=flac
Mia Lund - "Paper Boats" - 2004 => Mia Lund | "Paper Boats" | year=2004
50 Lanterns - Get Paper or Die Boating (2003) [320] => 50 Lanterns | Get Paper or Die Boating | year=2003 bitrate=320
3 Boats Down - Paper (2008) => 3 Boats Down | Paper | year=2008
2Paper - All Boats on Me CD1 (1996) [320] => 2Paper | All Boats on Me | year=1996 source=cd bitrate=320
1000 Boats - Red (1996) => 1000 Boats | Red | year=1996
Maroon 7 - Songs About Paper (2002) => Maroon 7 | Songs About Paper | year=2002
Sum 47 - All Paper, No Filler 2001 => Sum 47 | All Paper, No Filler | year=2001
U4 - The Paper Tree 1987 => U4 | The Paper Tree | year=1987
UB47 - Labour of Paper [1983] => UB47 | Labour of Paper | year=1983
3OH!5 - Paper (2008) => 3OH!5 | Paper | year=2008
deadboat5 - 4x4=12 (2010) => deadboat5 | 4x4=12 | year=2010
Paper 242 - 06:21:03:11 (1993) => Paper 242 | 06:21:03:11 | year=1993
Boats, The - Paper (2004) => Boats, The | Paper | year=2004
`),
)('%s', (name, facts) => {
  expect(musicFacts(name)).toBe(facts)
})
