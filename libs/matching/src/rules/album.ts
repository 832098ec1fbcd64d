import { filesVouch } from './files-vouch.js'
import { type Evidence, percent, ramp, type Verdict } from './rule.js'

const POINTS = 0.4
const PACK = 0.2

export function albumRule(evidence: Evidence): Verdict | undefined {
  const { request, names, title } = evidence
  const wanted = request.search.album
  if (wanted === undefined || names.album === undefined) return trackInsteadOfAlbum(evidence)
  const byTitle = POINTS * ramp(names.album, 0.5, 0.95)
  const byFiles = POINTS * filesVouch(evidence)
  if (byFiles > byTitle) return { code: 'album', points: byFiles, text: `the files are those of "${wanted}"` }
  if (title.discography && byTitle < PACK && names.artist >= 0.8)
    return { code: 'album_in_pack', points: PACK, text: `a collection that may hold "${wanted}"` }
  if (names.album >= 0.95) return { code: 'album', points: byTitle, text: `the title names "${wanted}"` }
  if (names.album < 0.5) return { code: 'album', points: byTitle, text: `the title does not name "${wanted}"` }
  return { code: 'album', points: byTitle, text: `the album is ${percent(names.album)} like "${wanted}"` }
}

/** Where only tracks are wanted, the files stand for the album; without them a title may be the track's own. */
function trackInsteadOfAlbum(evidence: Evidence): Verdict {
  const vouched = filesVouch(evidence)
  if (vouched > 0) return { code: 'tracks', points: POINTS * vouched, text: 'the files are the wanted tracks' }
  const names = evidence.request.tracks.filter((track) => track.requested).map((track) => ` ${track.name.toLowerCase()} `)
  const single = names.length === 1 && ` ${evidence.title.plain} `.includes(names[0] ?? '')
  return single
    ? { code: 'tracks', points: POINTS * 0.75, text: 'the title names the wanted track' }
    : { code: 'tracks', points: 0, text: 'nothing shows that the wanted tracks are in it' }
}
