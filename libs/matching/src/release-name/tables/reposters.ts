/** Posting tools and uploaders that hang their mark behind the group with a hyphen. */
const REPOSTERS = new Set(
  'xpost postbot obfuscated obfuscation scrambled asrequested alternativetorequested buymore nzbgeek gerov z0ids3n chamele0n 4p 4planet altezachen inc0gnito wrteam captcha repackpost whiterev sample rp prem ptdream norars nzb'.split(
    ' ',
  ),
)

/** One of them numbers its marks. */
export function isReposter(word: string): boolean {
  return REPOSTERS.has(word) || word.startsWith('rakuv')
}

/** Indexers that add their name in brackets. */
export const INDEXERS = new Set('rartv rarbg eztv eztvx.to ettv tgx utr nzbgeek'.split(' '))
