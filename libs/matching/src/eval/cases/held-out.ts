import { generatedCases } from '../generated.js'
import { afresh } from './held-afresh.js'
import { classical } from './held-classical.js'
import { editions } from './held-editions.js'
import { files } from './held-files.js'
import { lookalikes } from './held-lookalikes.js'
import { names } from './held-names.js'
import { packs } from './held-packs.js'
import { quality } from './held-quality.js'

const ARTISTS: [string, string, string, string][] = [
  ['Copper Vale', 'Glass Houses', 'Stone Houses', 'Paper Houses'],
  ['The Night Porters', 'Lobby', 'Lift Music', 'Revolving Door'],
  ['Mattis + Lune', 'Fermata', 'Coda', 'Da Capo'],
  ['Élodie Garçon', 'Été', 'Où vont les trains', 'Forêt'],
  ['Solstice', 'Solstice', 'Equinox', 'Perihelion'],
  ['Blue Ledger', '2001', '2004', 'Double Entry'],
  ['MC Tidal', 'Moon Phases', 'Spring Tide', 'Neap'],
  ['Father Gdańsk', 'Iron/Gold', 'Shipyard', 'Father, Mother'],
  ['The Who Knows', 'Answers', 'Questions', 'Maybe'],
  ['Petra Sand', 'Alone', 'Alone Together', 'Never Alone'],
  ['Crownhill', 'IV', 'III', 'V'],
  ['Wren', 'Nest', 'Empty Nest', 'Fledge'],
  ['Café Ostrava', "Can't Stay", 'Tram No. 9', 'Last Orders'],
  ['Eleven Fires', 'The Collection', 'Kindling', 'Embers'],
]

export const heldOut = [
  ...generatedCases(ARTISTS),
  ...names,
  ...editions,
  ...lookalikes,
  ...packs,
  ...files,
  ...quality,
  ...classical,
  ...afresh,
]
