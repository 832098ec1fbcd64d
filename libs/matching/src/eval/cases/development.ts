import { generatedCases } from '../generated.js'
import { classical } from './dev-classical.js'
import { editions } from './dev-editions.js'
import { files } from './dev-files.js'
import { lookalikes } from './dev-lookalikes.js'
import { names } from './dev-names.js'
import { packs } from './dev-packs.js'
import { quality } from './dev-quality.js'

/** Artists with an album that is wanted and two that are not. */
const ARTISTS: [string, string, string, string][] = [
  ['Marrow Lane', 'Tin Weather', 'Salt Roads', 'Company Town'],
  ['The Glass Ferries', 'Low Tide', 'Upriver', 'The Ferryman Sleeps'],
  ['Ivy & The Undertow', 'Slow Current', 'Drift', 'Stones and Water'],
  ['Björn Ågren', 'Höstljus', 'Vinterväg', 'Sommarö'],
  ['Kestrel', 'Kestrel', 'Updraft', 'Thermals'],
  ['Old Mercury', '1983', '1985', 'Quicksilver Years'],
  ['DJ Harrow', 'Field Work', 'Night Shift', 'Overtime'],
  ['Sister Novak', 'Ash/Wednesday', 'Prayers for Rain Dogs', 'Sister, Sister'],
  ['The The Lows', 'Songs from the Second Floor', 'Basement', 'Attic'],
  ['Calla Reyes', 'Love', 'Love & Other Animals', 'After Love'],
  ['Wolfmeadow', 'II', 'I', 'III'],
  ['Tern', 'Arctic', 'Antarctic', 'Common Tern'],
  ['Hotel Lisboa', "Don't Look Up", 'Room 214', 'Checkout Time'],
  ['Nine Acre Wood', 'Greatest Hits', 'Clearing', 'Undergrowth'],
]

export const development = [...generatedCases(ARTISTS), ...names, ...editions, ...lookalikes, ...packs, ...files, ...quality, ...classical]
