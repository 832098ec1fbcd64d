import { expect, test } from '@jest/globals'
import { factRows, musicFacts } from '../../testing/music-facts.js'

test.each(
  factRows(`
Quiet_Harbour-Northern_Lines-(QH004)-WEB-2019-GRPX => Quiet Harbour | Northern Lines | year=2019 source=web group=GRPX
Quiet_Harbour_-_Northern_Lines-CD-FLAC-2004-GRPX => Quiet Harbour | Northern Lines | year=2004 source=cd audio_format=flac group=GRPX
VA-Summer_Sounds_2004-2CD-2004-GRPX => VA | Summer Sounds 2004 | year=2004 source=cd discs=2 group=GRPX
VA_-_Deep_Cuts_Vol.3-(DCLP03)-2LP-FLAC-2011-GRPX_iNT => VA | Deep Cuts Vol.3 | year=2011 source=vinyl audio_format=flac discs=2 group=GRPX
静かな港「北の線」[FLAC] => 静かな港 | 北の線 | audio_format=flac
Quiet_Harbour-Discography_1998_-_2001-CD-FLAC-GRPX => Quiet Harbour | - | year=1998 year_to=2001 source=cd audio_format=flac discography group=GRPX
Jay-Z-Northern_Lines-CD-2003-GRPX => Jay-Z | Northern Lines | year=2003 source=cd group=GRPX
Blink-182-Northern_Lines-WEB-2003-GRPX => Blink-182 | Northern Lines | year=2003 source=web group=GRPX
Jay-Z_-_Northern_Lines-CD-FLAC-2003-GRPX => Jay-Z | Northern Lines | year=2003 source=cd audio_format=flac group=GRPX
Jean-Michel_Dubois-Northern_Lines-CDS-1990-GRPX => Jean-Michel Dubois | Northern Lines | year=1990 source=cd kinds=single group=GRPX
Quiet.Harbour.Northern.Lines.2015.FLAC.24bit.96kHz-GRPX => - | Quiet Harbour Northern Lines | year=2015 audio_format=flac sample_rate=96000 bit_depth=24 group=GRPX
Quiet_Harbour-Club_Set-SAT-12-03-2009-GRPX => Quiet Harbour | Club Set | year=2009 source=tv group=GRPX
Quiet_Harbour_-_Live_at_Home-FM-2010-05-06-GRPX => Quiet Harbour | Live at Home | year=2010 source=radio group=GRPX
Quiet_Harbour-Northern_Lines_EP-WEB-2019-GRPX => Quiet Harbour | Northern Lines EP | year=2019 source=web kinds=ep group=GRPX
Quiet_Harbour-Live-CD-1999-GRPX => Quiet Harbour | Live | year=1999 source=cd group=GRPX
Quiet_Harbour-1999-CD-1982-GRPX => Quiet Harbour | 1999 | year=1982 source=cd group=GRPX
Quiet Harbour-Northern Lines-Deluxe Edition-2CD-FLAC-2015-GRPX => Quiet Harbour | Northern Lines | year=2015 source=cd audio_format=flac discs=2 editions=deluxe group=GRPX
Quiet_Harbour-Northern_Lines-PROPER-READNFO-DE-CD-2002-GRPX => Quiet Harbour | Northern Lines | year=2002 source=cd proper languages=de group=GRPX
Quiet_Harbour-Northern_Lines-REPACK-WEB-FLAC-2022-GRPX-xpost => Quiet Harbour | Northern Lines | year=2022 source=web audio_format=flac repack group=GRPX
Red_Lanterns-Paper_Boats_(Incl._Remixes)-(RL12-003)-VINYL-FLAC-1998-GRPX => Red Lanterns | Paper Boats | year=1998 source=vinyl audio_format=flac kinds=remix notes=Incl. Remixes group=GRPX
Red_Lanterns_feat._Mia_Lund-Paper_Boats-(CDM)-1997-GRPX => Red Lanterns feat. Mia Lund | Paper Boats | year=1997 source=cd kinds=single group=GRPX
Red_Lanterns_vs._Mia-Paper_Boats-Promo_CDM-2001-GRPX => Red Lanterns vs. Mia | Paper Boats | year=2001 source=cd editions=promo kinds=single group=GRPX
Red_Lanterns-Paper_Boats-(Promo_CDS)-2003-GRPX => Red Lanterns | Paper Boats | year=2003 source=cd editions=promo kinds=single group=GRPX
Red_Lanterns-Paper_Boats-Advance-2005-GRPX => Red Lanterns | Paper Boats | year=2005 editions=advance group=GRPX
Red_Lanterns-Paper_Boats-Retail-2006-GRPX => Red Lanterns | Paper Boats | year=2006 group=GRPX
Red_Lanterns-Paper_Boats-(Ltd.Ed.)-2CD-2006-GRPX => Red Lanterns | Paper Boats | year=2006 source=cd discs=2 editions=limited group=GRPX
Red_Lanterns-Paper_Boats_(Deluxe_Edition)-2CD-2016-GRPX => Red Lanterns | Paper Boats | year=2016 source=cd discs=2 editions=deluxe group=GRPX
Red_Lanterns-Paper_Boats-(Remastered)-CD-FLAC-2009-GRPX => Red Lanterns | Paper Boats | year=2009 source=cd audio_format=flac editions=remastered group=GRPX
Red_Lanterns-Paper_Boats-24BIT-WEB-FLAC-2017-GRPX => Red Lanterns | Paper Boats | year=2017 source=web audio_format=flac bit_depth=24 group=GRPX
Red_Lanterns-Paper_Boats-24BIT-96KHZ-WEB-FLAC-2017-GRPX => Red Lanterns | Paper Boats | year=2017 source=web audio_format=flac sample_rate=96000 bit_depth=24 group=GRPX
Red_Lanterns-Paper_Boats-(24-96)-WEB-FLAC-2017-GRPX => Red Lanterns | Paper Boats | year=2017 source=web audio_format=flac sample_rate=96000 bit_depth=24 group=GRPX
Red_Lanterns-Paper_Boats-REMASTERED-24BIT-192KHZ-WEB-FLAC-2021-GRPX => Red Lanterns | Paper Boats | year=2021 source=web audio_format=flac sample_rate=192000 bit_depth=24 editions=remastered group=GRPX
Red_Lanterns-Paper_Boats-24-192-VINYL-FLAC-1977-GRPX => Red Lanterns | Paper Boats | year=1977 source=vinyl audio_format=flac sample_rate=192000 bit_depth=24 group=GRPX
Red_Lanterns-Paper_Boats-BOXSET-5CD-FLAC-2012-GRPX => Red Lanterns | Paper Boats | year=2012 source=cd audio_format=flac discs=5 editions=boxset group=GRPX
Red_Lanterns-Paper_Boats-DVD-2004-GRPX => Red Lanterns | Paper Boats | year=2004 source=dvd group=GRPX
Red_Lanterns-Paper_Boats-SACD-FLAC-2004-GRPX => Red Lanterns | Paper Boats | year=2004 source=sacd audio_format=flac group=GRPX
Red_Lanterns-Paper_Boats-BOOTLEG-2004-GRPX => Red Lanterns | Paper Boats | year=2004 kinds=bootleg group=GRPX
Red_Lanterns-Paper_Boats-OST-CD-2004-GRPX => Red Lanterns | Paper Boats | year=2004 source=cd kinds=soundtrack group=GRPX
Red_Lanterns-Paper_Boats_OST-CD-2004-GRPX => Red Lanterns | Paper Boats OST | year=2004 source=cd kinds=soundtrack group=GRPX
Red_Lanterns-Paper_Boats-CDEP-FLAC-1994-GRPX => Red Lanterns | Paper Boats | year=1994 source=cd audio_format=flac kinds=ep group=GRPX
Red_Lanterns-Paper_Boats-EP-WEB-2014-GRPX => Red Lanterns | Paper Boats | year=2014 source=web kinds=ep group=GRPX
Red_Lanterns-Paper_Boats-SE-CD-2001-GRPX => Red Lanterns | Paper Boats | year=2001 source=cd languages=sv group=GRPX
Red_Lanterns-Paper_Boats-JP_Retail-CD-2001-GRPX => Red Lanterns | Paper Boats | year=2001 source=cd languages=ja group=GRPX
Red_Lanterns-Paper_Boats-(CATNUM_001)-VLS-2001-GRPX => Red Lanterns | Paper Boats | year=2001 source=vinyl kinds=single group=GRPX
Red_Lanterns-Paper_Boats-CATNUM001-VLS-2001-GRPX => Red Lanterns | Paper Boats | year=2001 source=vinyl kinds=single group=GRPX
Red_Lanterns--Paper_Boats-(RL001)-WEB-2018-GRPX => Red Lanterns | Paper Boats | year=2018 source=web group=GRPX
Red_Lanterns_and_Mia-Paper_Boats_Pt._2-WEB-2018-GRPX => Red Lanterns and Mia | Paper Boats Pt. 2 | year=2018 source=web group=GRPX
VA-Paper_Boats-(Mixed_By_Mia)-2CD-2007-GRPX => VA | Paper Boats | year=2007 source=cd discs=2 group=GRPX
VA_-_Paper_Boats_-_The_Annual-2CD-2007-GRPX => VA | Paper Boats - The Annual | year=2007 source=cd discs=2 group=GRPX
VA-Paper_Boats-The_Annual-2CD-2007-GRPX => VA | Paper Boats-The Annual | year=2007 source=cd discs=2 group=GRPX
VA-Ministry_of_Paper-The_Annual_2007-3CD-2006-GRPX => VA | Ministry of Paper-The Annual 2007 | year=2006 source=cd discs=3 group=GRPX
Mia_Lund-Night_Radio_Show_123-SAT-01-15-2010-GRPX => Mia Lund | Night Radio Show 123 | year=2010 source=tv group=GRPX
Mia_Lund-Night_Radio_Show_123-CABLE-2012-01-15-GRPX => Mia Lund | Night Radio Show 123 | year=2012 source=radio group=GRPX
Mia_Lund_-_Live_At_Tower-DVBS-07-03-2011-GRPX => Mia Lund | Live At Tower | year=2011 source=tv group=GRPX
Mia_Lund-Essential_Mix-LINE-2011-03-19-GRPX => Mia Lund | Essential Mix | year=2011 group=GRPX
Mia_Lund-Essential_Mix-FM-10-19-2003-GRPX => Mia Lund | Essential Mix | year=2003 source=radio group=GRPX
Mia_Lund-Essential_Mix_(BBC_Radio_1)-SAT-10-19-2003-GRPX => Mia Lund | Essential Mix | year=2003 source=tv notes=BBC Radio 1 group=GRPX
Mia_Lund_and_Friend-Live_at_Club_(Berlin)-(SBD)-2005-GRPX => Mia Lund and Friend | Live at Club | year=2005 kinds=bootleg notes=Berlin group=GRPX
Red_Lanterns-Self-Made-CD-2001-GRPX => Red Lanterns | Self-Made | year=2001 source=cd group=GRPX
Red_Lanterns-Re-Entry-CD-2001-GRPX => Red Lanterns | Re-Entry | year=2001 source=cd group=GRPX
X-Wing_2-Paper_Boats-CDM-2001-GRPX => X-Wing 2 | Paper Boats | year=2001 source=cd kinds=single group=GRPX
DJ_X-Paper_Boats-WEB-2021-GRPX => DJ X | Paper Boats | year=2021 source=web group=GRPX
U3-Paper_Boats-CD-FLAC-1991-GRPX => U3 | Paper Boats | year=1991 source=cd audio_format=flac group=GRPX
Red_Lanterns-3-CD-2001-GRPX => Red Lanterns | 3 | year=2001 source=cd group=GRPX
Red_Lanterns-The_Tape-TAPE-1991-GRPX => Red Lanterns | The Tape | year=1991 source=cassette group=GRPX
Red_Lanterns-Vinyl-LP-FLAC-1991-GRPX => Red Lanterns | Vinyl | year=1991 source=vinyl audio_format=flac kinds=album group=GRPX
Red_Lanterns-Paper_Boats-LP-1991-GRPX => Red Lanterns | Paper Boats | year=1991 source=vinyl kinds=album group=GRPX
Red_Lanterns-Paper_Boats-12INCH_VINYL-FLAC-1991-GRPX => Red Lanterns | Paper Boats | year=1991 source=vinyl audio_format=flac group=GRPX
Red_Lanterns-Paper_Boats-7_INCH-1991-GRPX => Red Lanterns | Paper Boats | year=1991 source=vinyl group=GRPX
Red_Lanterns-Paper_Boats-(Single)-2001-GRPX => Red Lanterns | Paper Boats | year=2001 kinds=single group=GRPX
Red_Lanterns-Paper_Boats-(Proper)-2001-GRPX_INT => Red Lanterns | Paper Boats | year=2001 proper group=GRPX
Red_Lanterns-Paper_Boats-2001-GRPX => Red Lanterns | Paper Boats | year=2001 group=GRPX
Red_Lanterns-Paper_Boats-WEB-2001 => Red Lanterns | Paper Boats | year=2001 source=web
Red_Lanterns-Paper_Boats-2001 => Red Lanterns | Paper Boats | year=2001
Red_Lanterns-Paper_Boats => Red Lanterns | Paper Boats |
Red.Lanterns-Paper.Boats-WEB-2020-GRPX => Red Lanterns | Paper Boats | year=2020 source=web group=GRPX
Red.Lanterns.-.Paper.Boats.2020.FLAC-GRPX => Red Lanterns | Paper Boats | year=2020 audio_format=flac group=GRPX
Red.Lanterns.-.Paper.Boats.(2020).[FLAC] => Red Lanterns | Paper Boats | year=2020 audio_format=flac
Red.Lanterns-Paper.Boats.2020.MP3.320kbps => Red Lanterns | Paper Boats | year=2020 audio_format=mp3 bitrate=320
Red_Lanterns_-_Paper_Boats_(2020)_[FLAC] => Red Lanterns | Paper Boats | year=2020 audio_format=flac
Red_Lanterns_-_2010_-_Paper_Boats_[MP3_320] => Red Lanterns | Paper Boats | year=2010 audio_format=mp3 bitrate=320
Red_Lanterns-Paper_Boats-DE-2001-GRPX => Red Lanterns | Paper Boats | year=2001 languages=de group=GRPX
Red_Lanterns-Paper_Boats-DE-AUDIOBOOK-2001-GRPX => Red Lanterns | Paper Boats | year=2001 languages=de kinds=audiobook group=GRPX
Red_Lanterns-Paper_Boats-MULTI-AUDIOBOOK-WEB-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=web languages=multi kinds=audiobook group=GRPX
Red_Lanterns-Paper_Boats_Vol._2-READ_NFO-CD-2001-GRPX => Red Lanterns | Paper Boats Vol. 2 | year=2001 source=cd group=GRPX
Red_Lanterns-Paper_Boats-3CD-FLAC-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=cd audio_format=flac discs=3 group=GRPX
Red_Lanterns-Paper_Boats-CD-FLAC-2001-2CD-GRPX => Red Lanterns | Paper Boats | year=2001 source=cd audio_format=flac discs=2 group=GRPX
Red_Lanterns-A-Z-CD-2001-GRPX => Red Lanterns | A-Z | year=2001 source=cd group=GRPX
Red_Lanterns-Paper_Boats-XCD-2001-GRPX => Red Lanterns | Paper Boats | year=2001 source=cd group=GRPX
Red_Lanterns-Paper_Boats-Demo-2001-GRPX => Red Lanterns | Paper Boats | year=2001 kinds=demo group=GRPX
Red_Lanterns-Paper_Boats-Reissue-Digipak-CD-2001-GRPX => Red Lanterns | Paper Boats | year=2001 source=cd editions=reissue,digipak group=GRPX
Red_Lanterns-Paper_Boats-BONUS_TRACKS-CD-2001-GRPX => Red Lanterns | Paper Boats | year=2001 source=cd editions=bonus group=GRPX
Red_Lanterns-Paper_Boats-Bonus_CD-2001-GRPX => Red Lanterns | Paper Boats | year=2001 source=cd editions=bonus group=GRPX
Red_Lanterns-Paper_Boats-WEB-24BIT-FLAC-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=web audio_format=flac bit_depth=24 group=GRPX
Red_Lanterns-Paper_Boats-ALAC-WEB-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=web audio_format=alac group=GRPX
Red_Lanterns-Paper_Boats-M4A-WEB-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=web audio_format=aac group=GRPX
Red Lanterns-Paper Boats-2CD-FLAC-2007-GRPX => Red Lanterns | Paper Boats | year=2007 source=cd audio_format=flac discs=2 group=GRPX
Red Lanterns-Paper Boats-(Remastered)-CD-FLAC-2007-GRPX => Red Lanterns | Paper Boats | year=2007 source=cd audio_format=flac editions=remastered group=GRPX
Red+Lanterns+-+Paper+Boats+(2007)+[FLAC] => Red Lanterns | Paper Boats | year=2007 audio_format=flac
Red%20Lanterns%20-%20Paper%20Boats%20(2007)%20[FLAC] => Red Lanterns | Paper Boats | year=2007 audio_format=flac
Red_Lanterns-Paper_Boats-2k3-GRPX => Red Lanterns | Paper Boats | year=2003 group=GRPX
Red_Lanterns-Paper_Boats-(2011)-GRPX => Red Lanterns | Paper Boats | year=2011 group=GRPX
Red_Lanterns-Paper_Boats-CD5-2002-GRPX => Red Lanterns | Paper Boats | year=2002 source=cd group=GRPX
Red_Lanterns-Paper_Boats-JAP-CD-2002-GRPX => Red Lanterns | Paper Boats | year=2002 source=cd editions=japan group=GRPX
Red_Lanterns-Paper_Boats-UK_CDM-2002-GRPX => Red Lanterns | Paper Boats | year=2002 source=cd editions=uk kinds=single group=GRPX
Red_Lanterns-Paper_Boats-Limited_Edition-CD-2002-GRPX => Red Lanterns | Paper Boats | year=2002 source=cd editions=limited group=GRPX
Red_Lanterns-Paper_Boats-Split_7inch-2002-GRPX => Red Lanterns | Paper Boats | year=2002 source=vinyl kinds=split group=GRPX
Red_Lanterns-Paper_Boats-REAL_PROPER-CD-2002-GRPX => Red Lanterns | Paper Boats | year=2002 source=cd proper group=GRPX
Red_Lanterns-Paper_Boats-TRACKFIX-CD-2002-GRPX => Red Lanterns | Paper Boats | year=2002 source=cd group=GRPX
Red_Lanterns-Paper_Boats-16BIT-WEB-FLAC-2021-GRPX => Red Lanterns | Paper Boats | year=2021 source=web audio_format=flac bit_depth=16 group=GRPX
Red_Lanterns-Paper_Boats-WEB-SINGLE-2018-GRPX => Red Lanterns | Paper Boats | year=2018 source=web kinds=single group=GRPX
Red_Lanterns-Paper_Boats-DAB-03-04-2006-GRPX => Red Lanterns | Paper Boats | year=2006 source=radio group=GRPX
Red_Lanterns-Paper_Boats-DVBC-03-04-2006-GRPX => Red Lanterns | Paper Boats | year=2006 source=tv group=GRPX
Red_Lanterns_-_Live_at_Home_(01-02-2003)-SAT-2003-GRPX => Red Lanterns | Live at Home | year=2003 source=tv group=GRPX
Red_Lanterns-Live_at_Home-06-03-04-GRPX => Red Lanterns | Live at Home | year=2004 group=GRPX
VA-Bravo_Paper_100-DE-2CD-2018-GRPX => VA | Bravo Paper 100 | year=2018 source=cd discs=2 languages=de group=GRPX
VA-Paper_Hits-(CD1)-2018-GRPX => VA | Paper Hits | year=2018 source=cd group=GRPX
R.E.D.-Paper_Boats-CD-1991-GRPX => R.E.D. | Paper Boats | year=1991 source=cd group=GRPX
R.E.D._-_Paper_Boats-CD-1991-GRPX => R.E.D. | Paper Boats | year=1991 source=cd group=GRPX
Dr.Red.and.Mr.Lantern-Paper.Boats.Vol.2-WEB-2020-GRPX => Dr Red and Mr Lantern | Paper Boats Vol 2 | year=2020 source=web group=GRPX
Red_Lanterns_-_Paper_Boats_-_2004_-_GRPX => Red Lanterns | Paper Boats | year=2004 group=GRPX
Red.Lanterns-Paper.Boats-WEB-2018-GRPX-RakuvUS-Obfuscated => Red Lanterns | Paper Boats | year=2018 source=web group=GRPX
Red.Lanterns-Paper.Boats-WEB-2018-GRPX[rarbg] => Red Lanterns | Paper Boats | year=2018 source=web group=GRPX
Red_Lanterns-Paper_Boats-WEB-GRPX => Red Lanterns | Paper Boats | source=web group=GRPX
Red_Lanterns-Paper_Boats-CD-GRPX => Red Lanterns | Paper Boats | source=cd group=GRPX
Red_Lanterns-Paper_Boats-2004-192 => Red Lanterns | Paper Boats | year=2004 bitrate=192
Red.Lanterns.Paper.Boats.2014.MP3.320kbps.CBR-GRPX => - | Red Lanterns Paper Boats | year=2014 audio_format=mp3 bitrate=320 group=GRPX
Red.Lanterns.-.Paper.Boats.2014.MP3.V0-GRPX => Red Lanterns | Paper Boats | year=2014 audio_format=mp3 bitrate=V0 group=GRPX
red_lanterns_-_paper_boats__2014__mp3_320 => red lanterns | paper boats | year=2014 audio_format=mp3 bitrate=320
Red_Lanterns-Paper_Boats-24BIT_96KHZ-WEB-FLAC-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=web audio_format=flac sample_rate=96000 bit_depth=24 group=GRPX
Red_Lanterns-Paper_Boats-(24bit)-WEB-FLAC-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=web audio_format=flac bit_depth=24 group=GRPX
Red_Lanterns-Paper_Boats-24-48-WEB-FLAC-EP-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=web audio_format=flac sample_rate=48000 bit_depth=24 kinds=ep group=GRPX
Red_Lanterns-Paper_Boats-24-88-WEB-FLAC-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=web audio_format=flac sample_rate=88200 bit_depth=24 group=GRPX
Red_Lanterns-Paper_Boats_Live-24-192-WEB-FLAC-2019-GRPX => Red Lanterns | Paper Boats Live | year=2019 source=web audio_format=flac sample_rate=192000 bit_depth=24 group=GRPX
Red_Lanterns-Paper_Boats-(FLAC)-WEB-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=web audio_format=flac group=GRPX
Red_Lanterns-Paper_Boats-320kbps-WEB-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=web bitrate=320 group=GRPX
Red_Lanterns-Paper_Boats-WEB-320-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=web bitrate=320 group=GRPX
Red_Lanterns-Paper_Boats-VBR-WEB-2019-GRPX => Red Lanterns | Paper Boats | year=2019 source=web group=GRPX
Sub-Tension_-_Deep_Freight-(STN-004)-Vinyl-2003-BNRx => Sub-Tension | Deep Freight | year=2003 source=vinyl group=BNRx
Ultra-Sonic-Pull_Up-CDM-1995-BNRx => Ultra-Sonic | Pull Up | year=1995 source=cd kinds=single group=BNRx
Pierre-Luc_Gagnon-Le_Vent-FR-CD-2002-BNRx => Pierre-Luc Gagnon | Le Vent | year=2002 source=cd languages=fr group=BNRx
Lil_T-Bone-Pull_Up-WEB-2018-BNRx => Lil T-Bone | Pull Up | year=2018 source=web group=BNRx
Drozd-50-50-CD-2005-BNRx => Drozd | 50-50 | year=2005 source=cd group=BNRx
Nadia_Krol-Re-Wired-WEB-2018-BNRx => Nadia Krol | Re-Wired | year=2018 source=web group=BNRx
Nadia_Krol-Pull_Up-CDREP-2003-BNRx => Nadia Krol | Pull Up | year=2003 source=cd group=BNRx
Nadia_Krol-Pull_Up-Tour_Edition-CD-2003-BNRx => Nadia Krol | Pull Up | year=2003 source=cd group=BNRx
VA-Hello_Vol_3-Mixed_By_Drozd-2CD-2005-BNRx => VA | Hello Vol 3 | year=2005 source=cd discs=2 group=BNRx
VA-2000-2009_Deep_Freight-2CD-2010-BNRx => VA | 2000-2009 Deep Freight | year=2010 source=cd discs=2 group=BNRx
VA-Hello_(1995-2005)-3CD-2005-BNRx => VA | Hello | year=2005 source=cd discs=3 group=BNRx
Orla_Penn-1991-1994-CD-1995-BNRx => Orla Penn | 1991-1994 | year=1995 source=cd group=BNRx
Deep_Freight-OST-CD-2011-BNRx => - | Deep Freight | year=2011 source=cd kinds=soundtrack group=BNRx
Quell_Brothers-Winter_Drum_Mix-February_21_2004-BNRx => Quell Brothers | Winter Drum Mix | year=2004 group=BNRx
Quell_Brothers-Winter_Drum_Mix-(21-02-04)-BNRx => Quell Brothers | Winter Drum Mix | year=2004 group=BNRx
Quell_Brothers-Live-DVDRip-x264-2009-BNRx => Quell Brothers | Live | year=2009 source=dvd group=BNRx
Quell_Brothers-Tall_Ships-1080p-x264-2012-BNRx => Quell Brothers | Tall Ships | year=2012 group=BNRx
Quell.Brothers.Live.At.Fort.Nine.2013.1080p.MBLURAY.x264-BNRx => - | Quell Brothers Live At Fort Nine | year=2013 source=bluray group=BNRx
Moira_Stell-Der_lange_Schlaf-AUDIOBOOK-DE-MP3CD-2006-BNRx => Moira Stell | Der lange Schlaf | year=2006 source=cd audio_format=mp3 languages=de kinds=audiobook group=BNRx
Jonas.Ekdal-Return-WEB-2018-SKVTV_English => Jonas Ekdal | Return | year=2018 source=web group=SKVTV_English
Jonas.Ekdal-Return-WEB-2018-SKVTV English => Jonas.Ekdal | Return | year=2018 source=web group=SKVTV
www.site.example_Jonas_Ekdal-Return-WEB-2018-BNRx => Jonas Ekdal | Return | year=2018 source=web group=BNRx
[012345]-[FULL]-[a.b.flac]-[ Hollis_Grane-Copper_Moon-CD-FLAC-2009-BNRx ]-[00/12] => Hollis Grane | Copper Moon | year=2009 source=cd audio_format=flac group=BNRx
VA-Tall_Ships_Vol_3-(TS003)-CD-FLAC-2012-dL => VA | Tall Ships Vol 3 | year=2012 source=cd audio_format=flac group=dL
Jonas_Ekdal-Return-WEB-FR-2018-dL => Jonas Ekdal | Return | year=2018 source=web languages=fr group=dL
Jonas_Ekdal-Return-CD-2018-FLAC => Jonas Ekdal | Return | year=2018 source=cd audio_format=flac
`),
)('%s', (name, facts) => {
  expect(musicFacts(name)).toBe(facts)
})
