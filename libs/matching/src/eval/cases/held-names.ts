import { album, invented, renamed, selected } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { rip } from '../files.js'
import { titled } from '../titles.js'

const sich = album(
  'Зелена Січ',
  'Дорога додому',
  2003,
  'Дорога додому 4:01 | Ранок 3:22 | Вітер у полі 4:45 | Місто снів 3:54 | Жовтень 5:12 | Пісня про море 3:03 | Ніч 4:31',
)
const sichLatin = renamed(sich, 'Doroha dodomu | Ranok | Viter u poli | Misto sniv | Zhovten | Pisnya pro more | Nich', {
  artist: 'Zelena Sich',
  title: 'Doroha Dodomu',
})
const sichOther = album('Зелена Січ', 'Дощ', 2006, 'Дощ 3:10 | Хмари 4:04 | Ранок 3:02 | Грім 2:31 | Вода 5:48 | Сон 4:59 | Весна 3:33')
const hangul = album('하늘다리', '봄밤', 2015, '봄밤 3:41 | 바람 4:22 | 기차 3:10 | 바다 4:04 | 편지 2:58 | 안녕 3:50')
const hangulLatin = renamed(hangul, 'Bom Bam | Baram | Gicha | Bada | Pyeonji | Annyeong', { artist: 'Haneul Dari', title: 'Bom Bam' })
const katakana = album(
  'ミルクホール',
  'サイレン',
  1998,
  'サイレン 4:31 | コーヒー 3:12 | ガラス 5:00 | メロディー 4:14 | ラジオ 2:38 | ノート 3:30',
)
const katakanaLatin = renamed(katakana, 'Sairen | Kohi | Garasu | Merodi | Rajio | Noto', { artist: 'Miruku Horu', title: 'Sairen' })
const arabic = album('نجمة البحر', 'ليالي', 1999, 'ليالي 5:20 | القمر 4:15 | طريق 6:44 | سلام 3:59 | نور 5:01')
const bulgarian = album('Сини Птици', 'Утро', 1987, 'Утро 3:33 | Морето 4:12 | Път 2:51 | Нощ 3:05 | Къща 4:40 | Дъжд 3:28')
const signs = invented('+/-', 'Rebuild the Fire', 2008, 9)
const divide = invented('Ned Shearing', '÷', 2017, 12)
const dagger = album(
  'Jury',
  '†',
  2007,
  'Genesis Hour 3:54 | Let There Be Dark 4:56 | D.A.N.C.F. 4:02 | Newjack City 3:36 | Phantom Limb 4:22 | Valentine Day 2:56 | Tthhee Ppaarrttyy 4:03 | Stress Ball 4:58',
)
const marsh = invented('Edie Marsh', 'Edie Marsh', 1969, 10)
const marshSecond = invented('Edie Marsh', 'Reeds', 1971, 10)
const marshAgain = invented('Edie Marsh', 'Edie Marsh', 1984, 11)
const garcia = invented('Señor Ñandú', 'Corazón de león', 2001, 9)
const smoke = invented('Smoke and Feather', 'Plume', 2014, 10)
const guest = invented('Halogen ft. Rosa Pike', 'Filament', 2018, 8)
const part = invented('Grand Tourists', 'Itinerary Part III', 2011, 10)
const act = invented('Noel Faber', 'Act Two', 1992, 9)
const owls = invented('The Salt Owls', 'Parliament', 2012, 10)
const kesha = invented('A$h Moreau', 'R.I.P. V.I.P.', 2011, 10)
const slashed = invented('HI/LO/FI', 'On/Off', 2015, 8)
const number = invented('Sevenfold Sea', '77', 2012, 10)

export const names = [
  evalCase(
    'script',
    'both Cyrillic',
    want(sich),
    yes('(Folk Rock) [WEB] Зелена Січ - Дорога додому - 2003, MP3, 320 kbps', rip(sich, { as: 'mp3' })),
    no(titled(sichOther), rip(sichOther), { seeders: 30 }),
  ),
  evalCase(
    'script',
    'Cyrillic wanted, Latin offered',
    want(sich),
    yes('Zelena Sich - Doroga Dodomu (2003) [FLAC]', rip(sichLatin)),
    no('Zelena Sich - Doshch (2006) [FLAC]', rip(sichOther), { seeders: 20 }),
  ),
  evalCase(
    'script',
    'Cyrillic wanted, Latin title, Cyrillic files',
    want(sich),
    yes('Zelena Sich - Doroha dodomu 2003 MP3 320kbps', rip(sich, { as: 'mp3', style: 'nn-title' })),
  ),
  evalCase(
    'script',
    'Cyrillic wanted, both in the title',
    want(bulgarian),
    yes('Сини Птици (Sini Ptitsi) - Утро (1987) FLAC', rip(bulgarian, { style: 'n title' })),
  ),
  evalCase(
    'script',
    'Latin wanted, Cyrillic offered',
    want(sichLatin),
    yes('Зелена Січ - Дорога додому (2003) [FLAC]', rip(sich)),
    no('Зелена Січ - Дощ (2006) [FLAC]', rip(sichOther)),
  ),
  evalCase(
    'script',
    'Latin wanted, Cyrillic title only',
    want(sichLatin),
    yes('Зелена Січ - Дорога додому (2003) [FLAC]', 210, { sealed: true }),
  ),
  evalCase('script', 'Cyrillic wanted, another album in Latin', want(sich), no('Zelena Sich - Doshch (2006) [FLAC]', rip(sichOther))),
  evalCase('script', 'Hangul wanted, Latin offered', want(hangul), yes('Haneul Dari - Bom Bam (2015) [FLAC]', rip(hangulLatin))),
  evalCase(
    'script',
    'Hangul in both',
    want(hangul),
    yes('하늘다리 (Haneul Dari) - 봄밤 [2015] MP3 320kbps', rip(hangul, { as: 'mp3', style: 'nn. title' })),
  ),
  evalCase('script', 'Latin wanted, Hangul offered', want(hangulLatin), yes('하늘다리 - 봄밤 (2015) [FLAC]', rip(hangul))),
  evalCase('script', 'katakana wanted, Latin offered', want(katakana), yes('Miruku Horu - Sairen (1998) [FLAC]', rip(katakanaLatin))),
  evalCase(
    'script',
    'katakana in both',
    want(katakana),
    yes('[Album] ミルクホール – サイレン [MP3 320/1998.06.03]', rip(katakana, { as: 'mp3', style: 'nn title' })),
  ),
  evalCase('script', 'Arabic in both', want(arabic), yes('نجمة البحر - ليالي (1999) [MP3 320]', rip(arabic, { as: 'mp3' }))),
  evalCase(
    'punctuation',
    'an artist of signs',
    want(signs),
    yes('+/- - Rebuild The Fire (2008) [FLAC]', rip(signs)),
    no('Plus Minus - Rebuild (2010) [FLAC]', rip(invented('Plus Minus', 'Rebuild', 2010, 9))),
  ),
  evalCase(
    'punctuation',
    'an artist of signs, another album',
    want(signs),
    no('+/- - You Are There (2003) [FLAC]', rip(invented('+/-', 'You Are There', 2003, 9))),
  ),
  evalCase(
    'punctuation',
    'an album of one sign',
    want(divide),
    yes('Ned Shearing - ÷ (2017) [FLAC]', rip(divide)),
    no('Ned Shearing - x (2014) [FLAC]', rip(invented('Ned Shearing', 'x', 2014))),
  ),
  evalCase(
    'punctuation',
    'an album of one sign with its word',
    want(divide),
    yes('Ned Shearing - ÷ (Divide) (2017) [Deluxe] MP3 320', rip(divide, { as: 'mp3' })),
  ),
  evalCase('punctuation', 'an album of one sign, without', want(dagger), no('Jury - Woman (2016) [FLAC]', 380, { sealed: true })),
  evalCase('punctuation', 'a dagger', want(dagger), yes('Jury - † (2007) [FLAC]', rip(dagger))),
  evalCase(
    'self-titled',
    'named twice',
    want(marsh),
    yes('Edie Marsh-Edie Marsh-CD-FLAC-1969-GRP', rip(marsh), { sealed: true }),
    no('Edie Marsh - Reeds (1971) [FLAC]', rip(marshSecond)),
  ),
  evalCase('self-titled', 'named once', want(marsh), yes('Edie Marsh [1969] FLAC', rip(marsh)), no(titled(marshSecond), rip(marshSecond))),
  evalCase('self-titled', 'self titled', want(marsh), yes('Edie Marsh - Self Titled (1969) FLAC', rip(marsh))),
  evalCase('self-titled', 'only a later one of the same name', want(marsh), no('Edie Marsh - Edie Marsh (1984) [FLAC]', rip(marshAgain))),
  evalCase('self-titled', 'only a later one, title only', want(marsh), no('Edie Marsh - Edie Marsh (1984) [FLAC]', 300, { sealed: true })),
  evalCase(
    'self-titled',
    'a collection of the artist',
    want(marsh),
    no('Edie Marsh (1969-1990) [FLAC]', rip(marshSecond, { folder: 'Reeds' })),
  ),
  evalCase(
    'diacritics',
    'gone',
    want(garcia),
    yes(
      'Senor Nandu - Corazon de Leon (2001) MP3 320',
      rip(
        renamed(garcia, (name) => name.toLowerCase()),
        { as: 'mp3' },
      ),
    ),
  ),
  evalCase('diacritics', 'gone, title only', want(garcia), yes('Senor Nandu - Corazon De Leon (2001) [FLAC]', 280, { sealed: true })),
  evalCase('joined names', 'ampersand', want(smoke), yes('Smoke & Feather - Plume (2014) [FLAC]', 290, { sealed: true })),
  evalCase('joined names', 'plus', want(smoke), yes('Smoke+Feather - Plume (2014) [FLAC]', rip(smoke))),
  evalCase('joined names', 'only one of them', want(smoke), no('Feather - Plume (2013) [FLAC]', rip(invented('Feather', 'Plume', 2013)))),
  evalCase('joined names', 'guest not named', want(guest), yes('Halogen - Filament (2018) [FLAC]', rip(guest))),
  evalCase(
    'joined names',
    'guest in another way',
    want(guest),
    yes('Halogen (feat. Rosa Pike) - Filament [2018] MP3 320', rip(guest, { as: 'mp3' })),
  ),
  evalCase(
    'numerals',
    'part in Arabic numerals',
    want(part),
    yes('Grand Tourists - Itinerary, Pt. 3 (2011) [FLAC]', 300, { sealed: true }),
    no('Grand Tourists - Itinerary, Pt. 2 (2009) [FLAC]', 300, { sealed: true, seeders: 80 }),
  ),
  evalCase('numerals', 'the other part only', want(part), no('Grand Tourists - Itinerary Part II (2011) [FLAC]', 300, { sealed: true })),
  evalCase(
    'numerals',
    'a number as a word',
    want(act),
    yes('Noel Faber - Act II (1992) [FLAC]', rip(act)),
    no('Noel Faber - Act I (1990) [FLAC]', rip(invented('Noel Faber', 'Act One', 1990))),
  ),
  evalCase(
    'numerals',
    'the album is a number',
    want(number),
    yes('Sevenfold Sea - 77 (2012) [FLAC]', rip(number)),
    no('Sevenfold Sea - 78 (2014) [FLAC]', rip(invented('Sevenfold Sea', '78', 2014))),
  ),
  evalCase('articles', 'gone', want(owls), yes('Salt Owls - Parliament (2012) [FLAC]', rip(owls), { sealed: true })),
  evalCase('articles', 'gone, scene', want(owls), yes('Salt_Owls-Parliament-WEB-2012-GRP', rip(owls, { as: 'mp3', style: 'scene group' }))),
  evalCase('signs for letters', 'dollar and points', want(kesha), yes('Ash Moreau - RIP VIP (2011) [FLAC]', rip(kesha))),
  evalCase('signs for letters', 'slashes', want(slashed), yes('HiLoFi - On-Off (2015) [FLAC]', rip(slashed))),
  evalCase(
    'typing errors',
    'in artist and album',
    want(invented('Cordelia Whitlock', 'Anniversaries', 2009)),
    yes('Cordelia Witlock - Aniversaries (2009) [FLAC]', rip(invented('Cordelia Whitlock', 'Anniversaries', 2009))),
  ),
  evalCase(
    'short names',
    'one letter',
    want(invented('Zed', 'O', 2006, 9)),
    yes('Zed - O (2006) [FLAC]', rip(invented('Zed', 'O', 2006, 9))),
    no('Zed - OK (2008) [FLAC]', rip(invented('Zed', 'OK', 2008))),
  ),
  evalCase(
    'short names',
    'a name that is a word of tags',
    want(invented('Vinyl', 'Digital', 2003, 9)),
    yes('Vinyl - Digital (2003) [FLAC]', rip(invented('Vinyl', 'Digital', 2003, 9))),
  ),
  evalCase(
    'names',
    'only songs of it',
    want(selected(marsh, [1, 2, 3, 4])),
    no('Edie Marsh - The Radio Years (1995) [MP3 192]', rip(invented('Edie Marsh', 'The Radio Years', 1995), { as: 'mp3x192' })),
  ),
]
