import { films } from './dev-films.js'
import { series } from './dev-series.js'
import { hardVideo } from './dev-video-hard.js'

export const developmentVideo = [...films, ...series, ...hardVideo]
