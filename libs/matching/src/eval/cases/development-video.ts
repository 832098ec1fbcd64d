import { films } from './dev-films.js'
import { series } from './dev-series.js'

export const developmentVideo = [...films, ...series]
