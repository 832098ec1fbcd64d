import { section } from '../section.js'
import { optionalFile } from './path.js'

export const audit = section({
  log_file: optionalFile({ about: 'Audit events are also appended to this file as JSON Lines; empty = only the database' }),
})
