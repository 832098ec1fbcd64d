import { heldFilms } from './held-films.js'
import { heldSeries } from './held-series.js'
import { heldHardVideo } from './held-video-hard.js'

export const heldOutVideo = [...heldFilms, ...heldSeries, ...heldHardVideo]
