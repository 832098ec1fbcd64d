import { album, invented, renamed, selected } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { rip } from '../files.js'
import { titled } from '../titles.js'

const port = album(
  'Северный Порт',
  'Тихая вода',
  1994,
  'Тихая вода 4:10 | Последний трамвай 3:44 | Письмо без адреса 5:02 | Снег в июле 3:31 | Дом на горе 4:48 | Колыбельная 2:59 | Электричка 3:20 | Прощай, апрель 6:05',
)
const portLatin = renamed(
  port,
  'Tihaya voda | Posledniy tramvay | Pismo bez adresa | Sneg v iyule | Dom na gore | Kolybelnaya | Elektrichka | Proschay, aprel',
  { artist: 'Severnyy Port', title: 'Tihaya Voda' },
)
const portOther = album(
  'Северный Порт',
  'Тихий час',
  1996,
  'Тихий час 3:10 | Окно 4:04 | Трамвай 3:02 | Июль 2:31 | На горе 5:48 | Сон 4:59 | Вокзал 3:33 | Апрель 4:05',
)
const kana = album(
  'さくらもち',
  'ゆめのなか',
  2008,
  'ゆめのなか 4:01 | ひこうき 3:22 | あめのひ 5:10 | さよなら 4:44 | とけい 2:58 | みずうみ 3:50',
)
const kanaLatin = renamed(kana, 'Yume no Naka | Hikouki | Ame no Hi | Sayonara | Tokei | Mizuumi', {
  artist: 'Sakuramochi',
  title: 'Yume no Naka',
})
const han = album('林小雨', '长路', 2011, '长路 4:20 | 雨天 3:15 | 旧照片 4:44 | 火车站 3:59 | 月光 5:01 | 再见 3:38')
const hanLatin = renamed(han, 'Chang Lu | Yu Tian | Jiu Zhao Pian | Huo Che Zhan | Yue Guang | Zai Jian', {
  artist: 'Lin Xiaoyu',
  title: 'Chang Lu',
})
const greek = album('Νίκος Πέτρου', 'Το ποτάμι', 1979, 'Το ποτάμι 3:33 | Η θάλασσα 4:12 | Δρόμος 2:51 | Νύχτα 3:05 | Το σπίτι 4:40')
const exclaims = invented('!!!', 'Shake the Room', 2004, 9)
const brackets = album(
  'Hlíð',
  '( )',
  2002,
  'Untitled #1 6:38 | Untitled #2 7:33 | Untitled #3 6:33 | Untitled #4 7:33 | Untitled #5 9:57 | Untitled #6 8:48',
)
const drone = invented('Sunn Gate O)))', 'Black Room', 2005, 7)
const hart = invented('Lowell Hart', 'Lowell Hart', 1973, 10)
const hartSecond = invented('Lowell Hart', 'Second Harvest', 1975, 10)
const hartAgain = invented('Lowell Hart', 'Lowell Hart', 1981, 10)
const kun = invented('Žlutý Kůň', 'Přílivy a odlivy', 1999, 9)
const salt = invented('Salt & Ember', 'Hearth', 2012, 10)
const guests = invented('Dust Parade feat. Mina Sol', 'Mirage', 2016, 8)
const volume = invented('The Cartographers', 'Unmapped, Vol. 2', 2001, 10)
const chapter = invented('Emil Roth', 'Chapter One', 1988, 9)
const beatnik = invented('The Paper Lions', 'Origami', 2007, 10)
const money = invented('Ca$h Lowe', 'M.O.N.E.Y.', 2013, 10)
const slash = invented('N/A/V', 'A/B', 2018, 8)
const number = invented('Forty Winks', '40', 2010, 10)

export const names = [
  evalCase(
    'script',
    'both Cyrillic',
    want(port),
    yes('(Рок) [CD] Северный Порт - Тихая вода - 1994, FLAC (tracks), lossless', rip(port)),
    no(titled(portOther), rip(portOther), { seeders: 30 }),
  ),
  evalCase(
    'script',
    'Cyrillic wanted, Latin offered',
    want(port),
    yes('Severnyj Port - Tihaya Voda (1994) [FLAC]', rip(portLatin)),
    no('Severnyj Port - Tihij Chas (1996) [FLAC]', rip(portOther), { seeders: 20 }),
  ),
  evalCase(
    'script',
    'Cyrillic wanted, Latin title, Cyrillic files',
    want(port),
    yes('Severny Port - Tikhaya Voda 1994 MP3 320kbps', rip(port, { as: 'mp3', style: 'nn. title' })),
  ),
  evalCase(
    'script',
    'Cyrillic wanted, both in the title',
    want(port),
    yes('Северный Порт / Severny Port - Тихая вода (1994) FLAC', rip(port, { style: 'title' })),
  ),
  evalCase(
    'script',
    'Latin wanted, Cyrillic offered',
    want(portLatin),
    yes('Северный Порт - Тихая вода (1994) [MP3 320]', rip(port, { as: 'mp3' })),
    no('Северный Порт - Тихий час (1996) [FLAC]', rip(portOther)),
  ),
  evalCase(
    'script',
    'Latin wanted, Cyrillic title only',
    want(portLatin),
    yes('Северный Порт - Тихая вода (1994) [FLAC]', 240, { sealed: true }),
  ),
  evalCase('script', 'Cyrillic wanted, another album in Latin', want(port), no('Severnyj Port - Tihij Chas (1996) [FLAC]', rip(portOther))),
  evalCase('script', 'kana wanted, Latin offered', want(kana), yes('Sakuramochi - Yume no Naka (2008) [FLAC]', rip(kanaLatin))),
  evalCase(
    'script',
    'kana in both',
    want(kana),
    yes('[Album] さくらもち (Sakuramochi) – ゆめのなか [FLAC/2008.04.02]', rip(kana, { style: 'nn. title' })),
  ),
  evalCase(
    'script',
    'Latin wanted, kana offered',
    want(kanaLatin),
    yes('さくらもち - ゆめのなか (2008) [MP3 320]', rip(kana, { as: 'mp3' })),
  ),
  evalCase('script', 'Han wanted, pinyin offered', want(han), yes('Lin Xiaoyu - Chang Lu (2011) [FLAC]', rip(hanLatin))),
  evalCase('script', 'Han in both', want(han), yes('林小雨 - 长路 (2011) [WAV]', rip(han, { as: 'wav', style: 'nn.title' }))),
  evalCase('script', 'Greek wanted, Latin title, Greek files', want(greek), yes('Nikos Petrou - To Potami (1979) [FLAC]', rip(greek))),
  evalCase(
    'punctuation',
    'an artist of signs',
    want(exclaims),
    yes('!!! - Shake The Room (2004) [FLAC]', rip(exclaims)),
    no('Chik Chik Boys - Shake The Room (1993) [FLAC]', rip(invented('Chik Chik Boys', 'Shake The Room', 1993, 9))),
  ),
  evalCase(
    'punctuation',
    'an artist of signs, as spoken by the scene',
    want(exclaims),
    yes('!!!-Shake_The_Room-CD-FLAC-2004-GRP', rip(exclaims, { style: 'scene' })),
  ),
  evalCase(
    'punctuation',
    'an artist of signs, another album',
    want(exclaims),
    no('!!! - Thunder Room (2007) [FLAC]', rip(invented('!!!', 'Thunder Room', 2007, 9))),
  ),
  evalCase(
    'punctuation',
    'an album of signs',
    want(brackets),
    yes('Hlíð - ( ) (2002) [FLAC]', rip(brackets)),
    no('Hlíð - Takk (2005) [FLAC]', rip(invented('Hlíð', 'Takk', 2005))),
  ),
  evalCase('punctuation', 'an album of signs, without', want(brackets), no('Hlid - Fjord (1999) [FLAC]', 280, { sealed: true })),
  evalCase('punctuation', 'signs at the end', want(drone), yes('Sunn Gate O))) - Black Room (2005) [MP3 V0]', rip(drone, { as: 'mp3v0' }))),
  evalCase(
    'self-titled',
    'named twice',
    want(hart),
    yes('Lowell Hart - Lowell Hart (1973) [FLAC]', rip(hart), { sealed: true }),
    no('Lowell Hart - Second Harvest (1975) [FLAC]', rip(hartSecond)),
  ),
  evalCase('self-titled', 'named once', want(hart), yes('Lowell Hart (1973) [FLAC]', rip(hart)), no(titled(hartSecond), rip(hartSecond))),
  evalCase('self-titled', 'S/T', want(hart), yes('Lowell Hart - S/T (1973) FLAC', rip(hart))),
  evalCase('self-titled', 'only a later one of the same name', want(hart), no('Lowell Hart - Lowell Hart (1981) [FLAC]', rip(hartAgain))),
  evalCase(
    'self-titled',
    'two of one name, no year in the ticket, titles only',
    want(hart, { year: null }),
    no('Lowell Hart - Lowell Hart (1981) [FLAC]', 300, { sealed: true }),
    no('Lowell Hart - Lowell Hart (1973) [FLAC]', 290, { sealed: true }),
  ),
  evalCase(
    'self-titled',
    'a collection of the artist',
    want(hart),
    no('Lowell Hart - Anthology (1973-1999) [FLAC]', rip(hartSecond, { folder: 'Anthology' })),
  ),
  evalCase(
    'diacritics',
    'gone',
    want(kun),
    yes(
      'Zluty Kun - Prilivy A Odlivy (1999) MP3 320',
      rip(
        renamed(kun, (name) => name.toUpperCase()),
        { as: 'mp3' },
      ),
    ),
  ),
  evalCase('diacritics', 'gone, title only', want(kun), yes('Zluty Kun - Prilivy a odlivy (1999) [FLAC]', 300, { sealed: true })),
  evalCase('joined names', 'and', want(salt), yes('Salt and Ember - Hearth (2012) [FLAC]', 290, { sealed: true })),
  evalCase('joined names', 'plus', want(salt), yes('Salt + Ember - Hearth (2012) [FLAC]', rip(salt))),
  evalCase('joined names', 'only one of them', want(salt), no('Ember - Hearth (2015) [FLAC]', rip(invented('Ember', 'Hearth', 2015)))),
  evalCase('joined names', 'guest not named', want(guests), yes('Dust Parade - Mirage (2016) [FLAC]', rip(guests))),
  evalCase(
    'joined names',
    'guest in another way',
    want(guests),
    yes('Dust_Parade_ft_Mina_Sol-Mirage-CD-FLAC-2016-GRP', rip(guests, { style: 'scene' })),
  ),
  evalCase(
    'numerals',
    'volume in Roman numerals',
    want(volume),
    yes('The Cartographers - Unmapped Volume II (2001) [FLAC]', 300, { sealed: true }),
    no('The Cartographers - Unmapped Volume I (1999) [FLAC]', 300, { sealed: true, seeders: 80 }),
  ),
  evalCase(
    'numerals',
    'the other volume only',
    want(volume),
    no('The Cartographers - Unmapped, Vol. 3 (2003) [FLAC]', 300, { sealed: true }),
  ),
  evalCase(
    'numerals',
    'a number as a word',
    want(chapter),
    yes('Emil Roth - Chapter 1 (1988) [FLAC]', rip(chapter)),
    no('Emil Roth - Chapter 2 (1990) [FLAC]', rip(invented('Emil Roth', 'Chapter Two', 1990))),
  ),
  evalCase(
    'numerals',
    'the album is a number',
    want(number),
    yes('Forty Winks - 40 (2010) [MP3 320]', rip(number, { as: 'mp3' })),
    no('Forty Winks - 50 (2020) [MP3 320]', rip(invented('Forty Winks', '50', 2020), { as: 'mp3' })),
  ),
  evalCase('articles', 'behind the name', want(beatnik), yes('Paper Lions, The - Origami (2007) [FLAC]', rip(beatnik))),
  evalCase(
    'articles',
    'gone, scene',
    want(beatnik),
    yes('Paper_Lions-Origami-(ADVANCE)-2007-GRP', rip(beatnik, { as: 'mp3', style: 'scene group' })),
  ),
  evalCase('signs for letters', 'dollar and points', want(money), yes('Cash Lowe - MONEY (2013) [FLAC]', rip(money))),
  evalCase('signs for letters', 'slashes', want(slash), yes('NAV - A-B (2018) [FLAC]', rip(slash))),
  evalCase(
    'typing errors',
    'in artist and album',
    want(invented('Ambrose Tillery', 'Correspondence', 2003)),
    yes('Ambrose Tilery - Corespondence (2003) [FLAC]', rip(invented('Ambrose Tillery', 'Correspondence', 2003))),
  ),
  evalCase(
    'short names',
    'one letter',
    want(invented('X-Ray', 'X', 1999, 9)),
    yes('X-Ray - X (1999) [FLAC]', rip(invented('X-Ray', 'X', 1999, 9))),
    no('X-Ray - XX (2004) [FLAC]', rip(invented('X-Ray', 'XX', 2004))),
  ),
  evalCase(
    'short names',
    'a name that is a word of tags',
    want(invented('Web', 'Live Wire', 2002, 9)),
    yes('Web - Live Wire (2002) [FLAC]', rip(invented('Web', 'Live Wire', 2002, 9))),
  ),
  evalCase(
    'names',
    'only songs of it',
    want(selected(hart, [1, 2, 3, 4])),
    no('Lowell Hart - Radio Hits (1990) [MP3 192]', rip(invented('Lowell Hart', 'Radio Hits', 1990), { as: 'mp3x192' })),
  ),
]
