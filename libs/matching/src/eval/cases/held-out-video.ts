import { heldFilms } from './held-films.js'
import { heldSeries } from './held-series.js'

export const heldOutVideo = [...heldFilms, ...heldSeries]
