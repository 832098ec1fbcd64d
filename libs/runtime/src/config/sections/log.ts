import { section } from '../section.js'
import { choice } from '../setting.js'

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const
export const LOG_FORMATS = ['auto', 'json', 'pretty'] as const

export const log = section({
  level: choice(LOG_LEVELS, { about: 'Least important lines that are written: error, warn, info or debug', fallback: 'info' }),
  format: choice(LOG_FORMATS, { about: 'json, pretty, or auto = pretty on a terminal and json elsewhere', fallback: 'auto' }),
})
