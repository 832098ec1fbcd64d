/** Posting tools and uploaders that hang their mark behind the group with a hyphen. */
export const REPOSTERS = new Set(
  'xpost postbot obfuscated obfuscation scrambled asrequested alternativetorequested buymore nzbgeek gerov z0ids3n chamele0n 4p 4planet rakuv rakuvus rakuv02 rakuvarrow rakuvfinhel altezachen inc0gnito wrteam captcha repackpost whiterev sample rp prem ptdream norars nzb'.split(
    ' ',
  ),
)

/** Indexers that add their name in brackets. */
export const INDEXERS = new Set('rartv rarbg eztv eztvx.to ettv tgx utr usenet-turk shogho nzbgeek oldboys nordic'.split(' '))
